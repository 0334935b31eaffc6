from celery import Celery

app = Celery("report", broker="redis://localhost")


@app.task
def report() -> int:
    return 1
