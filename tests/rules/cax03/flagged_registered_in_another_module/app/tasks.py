import asyncio

from celery import shared_task

import app.senders
from app.registry import HANDLERS, OTHERS

NOBODY = {}


@shared_task
def send(kind):
    asyncio.run(HANDLERS[kind]())  # CAX03 "client"


@shared_task
def send_other(kind):
    asyncio.run(OTHERS.get(kind)())  # CAX03 "client"


@shared_task
def send_nobody(kind):
    asyncio.run(NOBODY[kind]())  # CAX02
