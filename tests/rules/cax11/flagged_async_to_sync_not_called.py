from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from celery import shared_task


class ProgressManager:
    def __init__(self) -> None:
        self._channel = get_channel_layer()

    def send(self, text: str) -> None:
        async_to_sync(self._channel.group_send)("status", {"data": text})

    def close(self) -> None:
        async_to_sync(self._channel.flush)  # CAX11@9 "async_to_sync(self._channel.flush)()" "reached from task 'consume'" "via close()"

    def notify(self, text: str) -> None:
        self._channel.group_send("status", {"data": text})  # CAX11 "the channel layer.group_send()"


@shared_task
def consume(path: str) -> None:
    manager = ProgressManager()
    manager.send(path)
    manager.close()
