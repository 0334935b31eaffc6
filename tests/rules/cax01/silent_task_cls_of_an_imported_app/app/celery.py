from celery import Celery

from app.tasks.base import AsyncTask

app = Celery("app", task_cls=AsyncTask)
