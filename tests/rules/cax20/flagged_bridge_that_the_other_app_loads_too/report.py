from celery import Celery

import work

app = Celery("report", broker="redis://localhost")


@app.task
def report() -> int:
    return 1
