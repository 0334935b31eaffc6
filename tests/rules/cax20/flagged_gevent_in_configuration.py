from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.conf.worker_concurrency = 200
app.conf.worker_pool = "gevent"  # CAX20@1 "worker_pool = 'gevent'" "-P gevent"


@app.task
def add(a: int, b: int) -> int:
    return a + b
