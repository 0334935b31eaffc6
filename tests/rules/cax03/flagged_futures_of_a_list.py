import asyncio

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


async def fetch(page: int) -> None:
    await client.get(f"https://shop.example.org/{page}")


async def wait(page: int) -> None:
    await asyncio.sleep(page)


@shared_task
def gathered(pages: list[int]) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(asyncio.gather(*[fetch(page) for page in pages]))  # CAX03 "client"
    finally:
        loop.close()


@shared_task
def waited(pages: list[int]) -> None:
    loop = asyncio.new_event_loop()
    try:
        futures = [asyncio.ensure_future(fetch(page), loop=loop) for page in pages]
        loop.run_until_complete(asyncio.wait(futures))  # CAX03 "client"
    finally:
        loop.close()


@shared_task
def appended(pages: list[int]) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        tasks = []
        for page in pages:
            tasks.append(loop.create_task(fetch(page)))
        loop.run_until_complete(asyncio.wait_for(asyncio.gather(*tasks), 5))  # CAX03 "client"
    finally:
        loop.close()


@shared_task
def of_another_coroutine(pages: list[int]) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(asyncio.gather(*[wait(page) for page in pages]))  # CAX02
    finally:
        loop.close()
