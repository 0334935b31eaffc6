from celery import Celery

queue = Celery("proj", broker="redis://broker", include=["proj.jobs.mail"])
