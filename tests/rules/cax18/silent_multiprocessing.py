from multiprocessing.pool import ThreadPool

from celery import shared_task

from app.pools import worker_pool


def shrink(path: str) -> str:
    return path


@shared_task
def shrink_all(paths: list[str]) -> list[str]:
    with ThreadPool(4) as pool:
        pending = [pool.apply_async(shrink, (path,)) for path in paths]
        done = [result.get(timeout=10) for result in pending]
    return [*done, worker_pool.apply_async(shrink, ("last",)).get()]
