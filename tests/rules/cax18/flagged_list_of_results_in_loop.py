from celery import shared_task

from app.images.tasks import resize


@shared_task
def resize_album(image_ids: list[int]) -> list[str]:
    results = [resize.delay(image_id) for image_id in image_ids]
    paths = []
    for result in results:
        paths.append(result.get())  # CAX18@22 "resize.delay()"
    return paths


@shared_task
def resize_folder(image_ids: list[int]) -> list[str]:
    pending = []
    for image_id in image_ids:
        pending.append(resize.delay(image_id))
    return [result.get() for result in pending]  # CAX18
