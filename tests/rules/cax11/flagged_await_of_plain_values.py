from collections.abc import AsyncIterator

from celery import Celery, group

app = Celery("shop")


@app.task
def resize(path: str) -> None:
    print(path)


def settings() -> dict[str, int]:
    return {"width": 100}


async def pages() -> AsyncIterator[int]:
    yield 1


async def refresh() -> None:
    print("refreshed")


async def upload(path: str) -> None:
    await resize.delay(path)  # CAX11@11 "resize.delay() returns an AsyncResult"
    await group(resize.s(path)).apply_async()  # CAX11@11 "AsyncResult"
    await settings()  # CAX11@11 "'settings'" "cannot be awaited"
    await pages()  # CAX11@11 "async generator of 'pages'"
    await refresh  # CAX11@11 "'refresh'" "it is not called"
