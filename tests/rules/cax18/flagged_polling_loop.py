import time

from celery import shared_task
from celery.result import AsyncResult

from app.video.tasks import transcode


@shared_task
def publish_video(video_id: int) -> str:
    result = transcode.delay(video_id)
    while not result.ready():  # CAX18 "polls the result of transcode.delay()" "deadlock"
        time.sleep(1)
    return result.result


@shared_task
def watch(task_id: str) -> str:
    result = AsyncResult(task_id)
    while True:
        if result.state in ("SUCCESS", "FAILURE"):  # CAX18 "deadlock"
            return result.state
        time.sleep(0.5)
