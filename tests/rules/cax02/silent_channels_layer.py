from asgiref.sync import async_to_sync
from celery import shared_task
from channels.layers import get_channel_layer

channel_layer = get_channel_layer()


@shared_task
def progress(job_id: str, percent: int) -> None:
    async_to_sync(channel_layer.group_send)(f"job-{job_id}", {"type": "progress", "percent": percent})


@shared_task
def finished(job_id: str) -> None:
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(f"job-{job_id}", {"type": "finished"})
