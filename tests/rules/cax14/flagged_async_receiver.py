from celery.signals import worker_process_init, worker_process_shutdown

from shop.db import pool


@worker_process_init.connect
async def open_pool(**kwargs: object) -> None:  # CAX14@1 "the async receiver 'open_pool' of worker_process_init"
    await pool.open()


@worker_process_shutdown.connect(weak=False)
async def close_pool(**kwargs: object) -> None:  # CAX14@1 "worker_process_shutdown"
    await pool.close()
