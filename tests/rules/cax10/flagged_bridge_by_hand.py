import asyncio
import concurrent.futures

from celery import shared_task

from app.loop_thread import get_loop


async def load() -> int:
    await asyncio.sleep(0)
    return 1


def run_by_hand(limit: float | None) -> int:
    done: concurrent.futures.Future[int] = concurrent.futures.Future()

    async def work() -> None:
        try:
            done.set_result(await load())
        except BaseException as error:
            done.set_exception(error)

    get_loop().call_soon_threadsafe(lambda: asyncio.ensure_future(work()))
    if limit:
        return done.result(timeout=limit)
    return done.result()  # CAX10@12 "the future of call_soon_threadsafe().result() has no time-out"


@shared_task
def refresh() -> int:
    return run_by_hand(5)
