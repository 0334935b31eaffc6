import asyncio
import enum

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


class Kind(enum.Enum):
    MAIL = "mail"
    SMS = "sms"


async def send_mail() -> None:
    await client.get("https://mail.example.org")


async def send_nothing() -> None:
    await asyncio.sleep(0)


HANDLERS = {"mail": send_mail, "none": send_nothing}
BY_KIND = {Kind.MAIL.value: send_mail, Kind.SMS.value: send_nothing}


@shared_task
def by_literal() -> None:
    asyncio.run(HANDLERS.get("mail")())  # CAX03 "client"


@shared_task
def by_another_literal() -> None:
    asyncio.run(HANDLERS.get("none")())  # CAX02


@shared_task
def by_variable(kind: str) -> None:
    asyncio.run(HANDLERS.get(kind, send_nothing)())  # CAX03 "client"


@shared_task
def by_default(kind: str) -> None:
    asyncio.run(HANDLERS.get("sms", send_mail)())  # CAX03 "client"


@shared_task
def by_kind() -> None:
    asyncio.run(BY_KIND.get(Kind.MAIL.value)())  # CAX03 "client"


@shared_task
def by_another_kind() -> None:
    asyncio.run(BY_KIND[Kind.SMS.value]())  # CAX02
