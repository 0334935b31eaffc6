from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.conf.worker_pool = "gevent"  # CAX20 "the worker (Makefile:2) receives tasks and never runs them"
