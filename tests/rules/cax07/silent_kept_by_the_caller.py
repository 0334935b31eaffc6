import asyncio

from celery import shared_task


def open_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


class Bridge:
    loop: asyncio.AbstractEventLoop | None = None

    def run(self, number: int) -> int:
        if self.loop is None:
            self.loop = open_loop()
        return self.loop.run_until_complete(work(number))


BRIDGE = Bridge()


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def compute(number: int) -> int:
    return BRIDGE.run(number)
