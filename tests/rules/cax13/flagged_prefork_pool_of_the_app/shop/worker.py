"""The worker of this app forks, whatever the one of the other app does."""

from celery import Celery
from celery.signals import worker_init

from shop.orders import open_orders, settle

app = Celery("shop")
app.config_from_object("shop.settings.worker")


@worker_init.connect
def resume(**kwargs: object) -> None:
    for order in open_orders():
        bill.delay(order)


@app.task
def bill(order: int) -> None:
    settle(order)
