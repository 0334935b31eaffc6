from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.conf.task_routes = {"shop.mail.*": {"queue": "mail"}, "shop.tasks.*": {"queue": "reports"}}
