import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def load_price(item: str) -> float:
    await asyncio.sleep(0)
    return 9.5


@shared_task
def reprice(item: str) -> float:
    async def outer() -> float:
        return asyncio.run_coroutine_threadsafe(load_price(item), asyncio.get_running_loop()).result()  # CAX10@16 "'reprice.outer'"

    return RUNNER.run(outer())
