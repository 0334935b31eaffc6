from celery import shared_task


@shared_task
async def clean_carts():
    return 1
