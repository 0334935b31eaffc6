from celery import chain, chord, group, shared_task

from app.reports.tasks import collect_rows, load_region, store


@shared_task
def nightly(regions: list[str]) -> list[int]:
    job = group(load_region.s(region) for region in regions)
    rows = job.apply_async().join()  # CAX18 "job.apply_async()"
    totals = group([load_region.si(region) for region in regions])().get()  # CAX18 "group()()"
    stored = chain(load_region.s("all"), store.s())()
    stored.wait(timeout=60)  # CAX18 "chain()()"
    header = [load_region.s(region) for region in regions]
    chord(header)(collect_rows.s()).get(timeout=600)  # CAX18
    return [*rows, *totals]


@shared_task
def weekly() -> int:
    workflow = load_region.s("all") | store.s()
    return workflow.apply_async().get()  # CAX18 "workflow.apply_async()"
