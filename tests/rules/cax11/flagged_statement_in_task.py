from celery import shared_task


async def notify(order_id: int) -> None:
    print("notified", order_id)


@shared_task
def finish(order_id: int) -> str:
    notify(order_id)  # CAX11@5 "nothing awaits" "'notify' (app/flagged_statement_in_task.py:4)" "in task 'finish'"
    return "done"
