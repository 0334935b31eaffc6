from celery import Celery

app = Celery("app")
task = app.task
