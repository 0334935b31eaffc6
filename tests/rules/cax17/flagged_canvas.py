# options: cax-enable=CAX17
from celery import chain, group, shared_task


@shared_task
def resize(path: str) -> str:
    return path


async def upload(paths: list[str]) -> None:
    group(resize.s(path) for path in paths).apply_async()  # CAX17@5 "apply_async()"
    chain(resize.s(paths[0]), resize.s()).delay()  # CAX17@5 "delay()"
