from celery import shared_task

from pkg.loops import end_loop, take_loop
from pkg.store import save


@shared_task
def store(data: dict) -> None:
    loop = take_loop()
    try:
        loop.run_until_complete(save(data))  # CAX03 "CLIENT" "pkg/store.py:3"
    finally:
        end_loop(loop)
