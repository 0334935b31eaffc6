"""The label printer. There is one, and it prints one label at a time, so it has a worker of its own."""

from __future__ import annotations

from celery import Celery

from app import settings

label_app = Celery("labels", set_as_current=False)
label_app.conf.update(settings.CELERY)
label_app.conf.task_default_queue = "labels"
# A jammed printer must not hold up the queue for ever. One process of the prefork pool (the default), because the solo
# pool knows no time limit.
label_app.conf.update(worker_concurrency=1, task_time_limit=30)


@label_app.task
def print_label(order_id: int, customer: str) -> str:
    label = settings.LABELS / f"{order_id:06d}.txt"
    with label.open("w") as printer:
        printer.write(f"Order {order_id:06d}\n{customer}\n")
    return label.name
