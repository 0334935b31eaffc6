from app.celery import task


@task
async def ping() -> str:  # CAX01
    return "pong"
