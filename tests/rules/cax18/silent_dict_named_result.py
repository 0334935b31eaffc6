from celery import shared_task

from app.export.tasks import dump


@shared_task
def export(name: str) -> str:
    result = dump.delay(name)
    result = {"id": result.id, "name": name}
    fallback = dump.delay(name).info
    return result.get("id") or fallback.get("name")
