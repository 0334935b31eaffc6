import asyncio

from celery import shared_task


async def migrate() -> None:
    await asyncio.sleep(0)


def main() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(migrate())


@shared_task
def ping() -> str:
    return "pong"


if __name__ == "__main__":
    main()
