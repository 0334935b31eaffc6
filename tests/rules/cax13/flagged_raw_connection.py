import psycopg
from celery import shared_task

CONNECTION = psycopg.connect("dbname=shop")  # CAX13@14 "'CONNECTION'"


@shared_task
def stock(sku: str) -> int:
    with CONNECTION.cursor() as cursor:
        cursor.execute("select stock from items where sku = %s", (sku,))
        return cursor.fetchone()[0]
