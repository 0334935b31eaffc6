import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()


async def fetch(url: str) -> str:
    return (await CLIENT.get(url)).text


def main() -> None:
    print(asyncio.run(fetch("https://example.org")))


@shared_task
def purge(days: int) -> int:
    return days


if __name__ == "__main__":
    main()
