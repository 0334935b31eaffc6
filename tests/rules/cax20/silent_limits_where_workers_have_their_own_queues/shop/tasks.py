from shop.celery import app


@app.task(time_limit=60)
def crawl(url: str) -> str:
    return url
