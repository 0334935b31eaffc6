from celery import group, shared_task

from app.images.tasks import Image, resize


@shared_task
def ids_by_key(sizes: list[int]) -> dict[str, str]:
    results = {"small": resize.delay(sizes[0])}
    return {key: result.id for key, result in results.items()}


@shared_task
def other_things_are_put(sizes: list[int], images: dict[int, Image]) -> list[str]:
    found = {}
    for size in sizes:
        found[size] = images[size]
        found[str(size)] = resize.delay(size)
    return [image.get() for image in found.values()]


@shared_task
def keys_of_a_dict(settings: dict[str, dict]) -> list[object]:
    sent = {}
    for name, section in settings.items():
        sent[name] = resize.delay(1)
        section.get()
    return [sent[name].id for name in list(sent)]


@shared_task
def sent_groups(sizes: list[int]) -> list[str]:
    sent = group(resize.s(size) for size in sizes).delay()
    return [result.id for result in sent.results]


@shared_task
def by_map(settings: list[dict]) -> list[object]:
    sent = [resize.delay(1)]
    return [*map(dict.get, settings), *map(str, sent)]


@shared_task
def once(sizes: list[int]) -> list[bool]:
    pending = [resize.delay(size) for size in sizes]
    return [result.ready() for result in list(pending)]
