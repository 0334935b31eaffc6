from shop.celery import app


@app.task(time_limit=60)  # CAX20@2 "time_limit does nothing under the threads pool (deploy/shop.service:3)"
def crawl(url: str) -> str:
    return url
