import asyncio

from celery import shared_task


async def serve() -> None:
    await asyncio.sleep(0)


def main() -> None:
    loop = asyncio.get_event_loop()
    loop.create_task(serve())
    loop.run_forever()


@shared_task
def ping() -> str:
    return "pong"


if __name__ == "__main__":
    main()
