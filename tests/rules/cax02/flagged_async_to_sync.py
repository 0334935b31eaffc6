from asgiref.sync import async_to_sync
from celery import shared_task


class Consumer:
    async def notify(self, user_id: int) -> int:
        return user_id


@shared_task
def notify(user_id: int) -> int:
    consumer = Consumer()
    send = async_to_sync(consumer.notify)
    return send(user_id)  # CAX02 "async_to_sync()"


@shared_task
def notify_twice(user_id: int) -> int:
    return async_to_sync(Consumer().notify)(user_id)  # CAX02@12
