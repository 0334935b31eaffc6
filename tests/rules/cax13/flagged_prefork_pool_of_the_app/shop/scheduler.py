from celery import Celery

app = Celery("scheduler")
app.config_from_object("shop.settings.scheduler")
