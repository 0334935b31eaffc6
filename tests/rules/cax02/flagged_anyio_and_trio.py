import anyio
import trio
import uvloop
from celery import shared_task


async def probe(host: str, port: int) -> str:
    return f"{host}:{port}"


@shared_task
def probe_with_anyio(host: str) -> str:
    return anyio.run(probe, host, 443)  # CAX02


@shared_task
def probe_with_trio(host: str) -> str:
    return trio.run(probe, host, 443)  # CAX02


@shared_task
def probe_with_uvloop(host: str) -> str:
    return uvloop.run(probe(host, 443))  # CAX02
