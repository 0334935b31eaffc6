from celery import Celery

app = Celery("shop", broker="redis://localhost")
app.config_from_object("shop.config")
