import celery as c

app = c.Celery("orders")
task = app.task
background = c.shared_task


@task
async def confirm(order_id: int) -> int:  # CAX01
    return order_id


@background(ignore_result=True)
async def cancel(order_id: int) -> None:  # CAX01
    print(order_id)
