import httpx
from celery import Task


class ClientTask(Task):
    _client = None

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient()  # CAX04 "ClientTask._client"
        return self._client
