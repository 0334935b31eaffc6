import psycopg2
import valkey
from celery import shared_task


@shared_task
def copy_rows(day: str) -> int:
    cache = valkey.Valkey(host="cache")  # CAX19 "valkey.Valkey()"
    connection = psycopg2.connect(host="db", dbname="shop", user="app")  # CAX19 "psycopg2.connect()"
    with connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from orders where day = %s", (day,))
        count = cursor.fetchone()[0]
    cache.set(day, count)
    return count
