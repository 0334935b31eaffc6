import asyncio

from celery import Celery, Task

RUNNER = asyncio.Runner()


class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return RUNNER.run(self.run(*args, **kwargs))


app = Celery("bot", task_cls=AsyncTask)


@app.task
async def send_message(chat_id: int) -> int:
    await asyncio.sleep(0)
    return chat_id
