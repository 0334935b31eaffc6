from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.conf.worker_pool = "solo"  # CAX20 "beats -P prefork (start.sh:1)"
