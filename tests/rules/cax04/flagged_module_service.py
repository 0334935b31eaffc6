import asyncio

import httpx
from celery import shared_task


class Transport:
    def __init__(self, base_url: str) -> None:
        self.http = httpx.AsyncClient(base_url=base_url)  # CAX04 "Transport.http"


class Mailer:
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    async def send(self, address: str) -> int:
        return (await self.transport.http.post("/mail", json={"to": address})).status_code


mailer = Mailer(Transport("https://mail.example"))


@shared_task
def send_mail(address: str) -> int:
    return asyncio.run(mailer.send(address))  # CAX03 "Transport.http"
