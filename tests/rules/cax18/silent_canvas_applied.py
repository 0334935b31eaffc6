from celery import chain, group, shared_task
from celery.result import allow_join_result

from app.reports.tasks import load_region, store


@shared_task
def nightly(regions: list[str]) -> None:
    with allow_join_result():
        chain(load_region.s("all"), store.s()).apply()  # each has run by then
    chain(load_region.s("all")).apply()  # the last waits for nothing
    chain(*[load_region.si(region) for region in regions]).apply()  # how many cannot be told
    group(load_region.si(region) for region in regions).apply()
    load_region.s("all").apply()


def publish() -> None:
    chain(load_region.s("all"), store.s()).apply()
