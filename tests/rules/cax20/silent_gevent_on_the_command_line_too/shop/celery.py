from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.conf.worker_pool = "gevent"
