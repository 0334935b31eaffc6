import psycopg
from celery import shared_task
from celery.signals import worker_process_init

CONNECTION = psycopg.connect("dbname=shop")


@worker_process_init.connect
def reconnect(**kwargs: object) -> None:
    global CONNECTION
    CONNECTION = psycopg.connect("dbname=shop")


@shared_task
def stock(sku: str) -> int:
    return CONNECTION.execute("select stock from items where sku = %s", (sku,)).fetchone()[0]
