from celery import Celery, shared_task

app = Celery("media")


async def transcode(video_id: int) -> int:  # CAX01 "transcode"
    return video_id


async def thumbnail(video_id: int) -> int:  # CAX01 "thumbnail"
    return video_id


transcode_task = app.task(name="media.transcode", acks_late=True)(transcode)
thumbnail_task = shared_task(thumbnail)
