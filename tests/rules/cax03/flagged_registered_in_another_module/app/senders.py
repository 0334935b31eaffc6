import asyncio

import httpx

from app.registry import handles, register

client = httpx.AsyncClient()  # CAX04


@handles("mail")
async def send_mail():
    await client.get("https://mail.example.org")


async def send_sms():
    await client.get("https://sms.example.org")


async def send_nothing():
    await asyncio.sleep(0)


register("sms", send_sms)
