from celery.signals import worker_process_init

from shop.aio import run_in_loop


@worker_process_init.connect
@run_in_loop
async def open_pool(**kwargs: object) -> None:
    print("open")
