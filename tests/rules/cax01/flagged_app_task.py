from celery import Celery

celery = Celery("crawler", broker="redis://localhost/0")


@celery.task
async def crawl(url: str) -> str:  # CAX01
    return url


@celery.task(bind=True, name="crawler.again", max_retries=3)
async def crawl_again(self, url: str) -> str:  # CAX01
    try:
        return await crawl(url)
    except OSError as error:
        raise self.retry(exc=error)
