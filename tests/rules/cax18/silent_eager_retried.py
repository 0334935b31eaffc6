"""The task is run in place; where Celery refuses the result, it is asked for again with permission."""

from celery import Celery, shared_task

app = Celery("billing")


@shared_task
def charge(invoice_id):
    return invoice_id * 2


def charge_now(invoice_id):
    result = charge.apply(args=[invoice_id])
    try:
        return result.get(propagate=True)
    except RuntimeError:
        return result.get(propagate=True, disable_sync_subtasks=False)


@app.task
def bill(invoice_ids):
    for invoice_id in invoice_ids:
        charge_now(invoice_id)
