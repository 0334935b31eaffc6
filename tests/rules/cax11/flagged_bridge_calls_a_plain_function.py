import anyio
from asgiref.sync import async_to_sync
from celery import shared_task


def compute() -> int:
    return 1


@shared_task
def start() -> None:
    anyio.run(compute)  # CAX11@5 "anyio.run() awaits what the function returns, but 'compute'"
    async_to_sync(compute)()  # CAX11@5 "async_to_sync() awaits what the function returns"
