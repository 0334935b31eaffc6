from celery import chain, chord, group, shared_task

from app.reports.tasks import collect_rows, load_region, store


@shared_task
def nightly(regions: list[str]) -> None:
    # apply() of a chain hands each result on by get().
    chain(load_region.s("all"), store.s()).apply()  # CAX18 "apply() waits for the result of each step but the last"
    workflow = chain([load_region.si("all"), store.si(), store.si()])
    workflow.apply()  # CAX18 "each step but the last of chain()"
    (load_region.s("all") | store.s()).apply()  # CAX18 "Never call result.get() within a task"
    chord([load_region.s(region) for region in regions], collect_rows.s()).apply()  # CAX18 "its header of chord()"
    chain(load_region.s("all"), store.s()).apply().get()  # CAX18 "each step but the last"


@shared_task
def weekly(regions: list[str]) -> None:
    group(load_region.si(region) for region in regions).apply()
