import asyncio

from celery.signals import task_prerun


async def load_settings() -> None:
    await asyncio.sleep(0)


@task_prerun.connect
def warm_up(**kwargs) -> None:
    asyncio.run(load_settings())  # CAX02 "task_prerun receiver 'warm_up'"
