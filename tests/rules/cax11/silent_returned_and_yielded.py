from collections.abc import Coroutine, Iterator


async def work(number: int) -> int:
    return number


def later(number: int) -> Coroutine[None, None, int]:
    return work(number)


def several() -> Iterator[Coroutine[None, None, int]]:
    yield work(1)


class Holder:
    def __init__(self) -> None:
        self.pending = work(1)

    async def finish(self) -> int:
        coroutine = work(2)
        try:
            return await coroutine + await self.pending
        finally:
            coroutine.close()


async def closure() -> int:
    made = work(3)

    async def inner() -> int:
        return await made

    return await inner()
