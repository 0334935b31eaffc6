from celery import Celery

from app.billing.tasks import charge_card

app = Celery("orders")


@app.task
def place_order(order_id: int) -> dict:
    result = charge_card.apply_async(args=[order_id], queue="billing")
    receipt = result.get(propagate=False)  # CAX18 "charge_card.apply_async() (app/flagged_imported_task_in_variable.py:10)"
    return {"order": order_id, "receipt": receipt}
