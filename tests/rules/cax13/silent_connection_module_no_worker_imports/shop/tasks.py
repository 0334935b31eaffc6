from celery import shared_task


@shared_task
def clean_carts():
    return 1
