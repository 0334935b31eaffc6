from celery import Celery, Task

app = Celery("orders")


class LoggedTask(Task):
    def __call__(self, *args, **kwargs):
        print("start", self.name)
        return self.run(*args, **kwargs)


@app.task(base=LoggedTask)
async def ship(order_id: int) -> int:  # CAX01
    return order_id
