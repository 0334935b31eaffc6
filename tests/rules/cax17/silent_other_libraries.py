# options: cax-enable=CAX17
import multiprocessing

from aio_celery import Celery
from joblib import Parallel, delayed

app = Celery()


@app.task
async def resize(path: str) -> None:
    print(path)


class Timer:
    def delay(self, seconds: int) -> int:
        return seconds


async def upload(path: str, pool: multiprocessing.Pool) -> None:
    await resize.delay(path)
    Timer().delay(5)
    pool.apply_async(print, (path,))
    Parallel(2)(delayed(print)(path) for _ in range(2))
