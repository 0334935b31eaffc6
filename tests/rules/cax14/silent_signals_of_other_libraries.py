from blinker import signal
from celery import shared_task
from django.db.models.signals import post_save
from django.dispatch import receiver

saved = signal("saved")


@saved.connect
async def on_saved(sender: object) -> None:
    print("saved")


@receiver(post_save)
async def on_post_save(sender: object, **kwargs: object) -> None:
    print("saved")


@shared_task
def noop() -> None:
    return None
