from celery import shared_task


@shared_task
async def clean_carts():  # CAX01
    return 1
