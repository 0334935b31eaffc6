from celery import group, shared_task
from celery.result import AsyncResult, GroupResult

from app.images.tasks import resize


@shared_task
def by_key(sizes: list[int]) -> dict[str, str]:
    results = {"small": resize.delay(sizes[0]), "large": resize.delay(sizes[1])}
    return {key: result.get() for key, result in results.items()}  # CAX18 "resize.delay()"


@shared_task
def by_key_that_is_put(sizes: list[int]) -> list[str]:
    results = {}
    for size in sizes:
        results[size] = resize.delay(size)
    return [result.get() for result in results.values()]  # CAX18 "resize.delay()"


@shared_task
def of_a_group(sizes: list[int]) -> list[str]:
    sent = group(resize.s(size) for size in sizes).delay()
    paths = [sent.results[0].get()]  # CAX18
    for result in sent.results[1:]:
        paths.append(result.get())  # CAX18
    return paths


@shared_task
def of_a_called_group(sizes: list[int]) -> list[str]:
    return [result.get() for result in group([resize.s(size) for size in sizes])()]  # CAX18


@shared_task
def of_a_group_by_id(group_id: str) -> list[str]:
    return [result.get() for result in GroupResult.restore(group_id).children]  # CAX18


@shared_task
def by_map(sizes: list[int]) -> list[str]:
    results = [resize.delay(size) for size in sizes]
    return list(map(AsyncResult.get, results))  # CAX18@17 "resize.delay()"


@shared_task
def until_all_are_ready(sizes: list[int]) -> None:
    pending = [resize.delay(size) for size in sizes]
    while pending:
        for result in list(pending):
            if result.ready():  # CAX18 "polls"
                pending.remove(result)
