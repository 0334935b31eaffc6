import psycopg2
import redis
from celery import shared_task
from django.conf import settings


@shared_task
def count() -> int:
    connection = psycopg2.connect(settings.DATABASE_URL)
    psycopg2.connect("host=db dbname=shop connect_timeout=5").close()
    redis.Redis(host="cache").incr("counts")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from orders")
        return cursor.fetchone()[0]
