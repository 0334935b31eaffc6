# options: cax-pool=threads
from celery import shared_task
from flask import Flask

from shop.settings import conf

web = Flask("shop")
web.config.update(worker_pool="gevent", task_time_limit=60)
conf.worker_pool = "gevent"
conf.task_time_limit = 60


@shared_task
def count() -> int:
    return 3
