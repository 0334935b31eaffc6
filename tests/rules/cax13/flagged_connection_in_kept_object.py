import psycopg2
from celery import shared_task


class Warehouse:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg2.connect(dsn)  # CAX13 "'Warehouse.connection'" "at import via Warehouse()"

    def stock(self, sku: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute("select stock from items where sku = %s", (sku,))
            return cursor.fetchone()[0]


warehouse = Warehouse("dbname=shop")


@shared_task
def refill(sku: str) -> bool:
    return warehouse.stock(sku) < 10
