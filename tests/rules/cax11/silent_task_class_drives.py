import asyncio

from celery import Celery, Task

RUNNER = asyncio.Runner()


class AsyncTask(Task):
    def __call__(self, *args: object, **kwargs: object) -> object:
        return RUNNER.run(self.run(*args, **kwargs))


app = Celery("shop", task_cls=AsyncTask)


async def work(number: int) -> int:
    return number


@app.task
def start(number: int) -> object:
    return work(number)


@app.task(base=AsyncTask)
def again(number: int) -> object:
    return work(number)
