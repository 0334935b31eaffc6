# options: cax-pool=threads
import psycopg
from celery import shared_task

CONNECTION = psycopg.connect("dbname=shop")


@shared_task
def stock(sku: str) -> int:
    return CONNECTION.execute("select stock from items where sku = %s", (sku,)).fetchone()[0]
