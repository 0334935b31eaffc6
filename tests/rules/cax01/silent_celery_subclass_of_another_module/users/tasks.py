from config.celery import celery_app


@celery_app.task(bind=False)
async def welcome(user: int) -> None:
    print(user)
