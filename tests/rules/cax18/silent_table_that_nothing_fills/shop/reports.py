from celery import shared_task


@shared_task
def child():
    return 1


def report():
    return child.delay().get()
