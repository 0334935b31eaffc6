# The app stands in another module; its name says what it is.
from quivr_worker.celery_config import celery

from app.crawl import fetch_page


@celery.task(
    retries=3,
    default_retry_delay=1,
    name="process_crawl_task",
    autoretry_for=(Exception,),
)
async def process_crawl_task(url: str, brain_id: str) -> None:  # CAX01@1
    page = await fetch_page(url)
    print(brain_id, page)
