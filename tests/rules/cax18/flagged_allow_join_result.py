from celery import shared_task
from celery.result import allow_join_result

from app.search.tasks import index_page


@shared_task
def index_site(pages: list[str]) -> int:
    results = [index_page.delay(page) for page in pages]
    with allow_join_result():
        return sum(result.get(timeout=300) for result in results)  # CAX18 "deadlock"


@shared_task
def index_one(page: str) -> int:
    return index_page.delay(page).get(disable_sync_subtasks=False)  # CAX18 "deadlock"


def wait_for(result) -> int:
    return result.get()  # CAX18 "deadlock" "via wait_for()"


@shared_task
def index_two(page: str) -> int:
    with allow_join_result():
        return wait_for(index_page.delay(page))
