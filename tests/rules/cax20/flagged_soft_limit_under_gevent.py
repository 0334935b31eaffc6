# options: cax-pool=gevent
from celery import shared_task


@shared_task(soft_time_limit=30, time_limit=60)  # CAX20@2 "soft_time_limit does nothing under the gevent pool"
def count() -> int:
    return 3
