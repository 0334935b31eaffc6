"""The worker of this app runs threads; the app of the scheduler beside it says nothing of pools."""

from celery import Celery
from celery.signals import worker_init

from shop.orders import open_orders

app = Celery("shop")
app.config_from_object("shop.settings.worker")


@worker_init.connect
def resume(**kwargs: object) -> None:
    for order in open_orders():
        bill.delay(order)


@app.task
def bill(order: int) -> None:
    print(order)
