from celery import chain, chord, group, shared_task

from app.reports.tasks import collect_rows, load_region, store


@shared_task(bind=True)
def nightly(self, regions: list[str]) -> None:
    chord([load_region.s(region) for region in regions])(collect_rows.s())
    chain(load_region.s("all"), store.s()).apply_async()
    group(load_region.s(region) for region in regions).delay()
    raise self.replace(load_region.s("all"))


@shared_task
def weekly(regions: list[str]) -> list[str]:
    results = [load_region.delay(region) for region in regions]
    return [result.id for result in results]
