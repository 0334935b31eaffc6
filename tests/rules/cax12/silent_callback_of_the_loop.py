import asyncio
import signal

from celery import shared_task

RUNNER = asyncio.Runner()


async def drain(queue: str) -> None:
    await asyncio.sleep(1)


async def serve(queue: str) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def on_signal() -> None:
        loop.create_task(drain(queue))
        stopped.set()

    loop.add_signal_handler(signal.SIGTERM, on_signal)
    await stopped.wait()


@shared_task
def consume(queue: str) -> None:
    RUNNER.run(serve(queue))
