# options: cax-pool=prefork
from celery import Celery

app = Celery("shop", broker="redis://localhost", worker_pool="solo")  # CAX20@7 "beats -P prefork"
