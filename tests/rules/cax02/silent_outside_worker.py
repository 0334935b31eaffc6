import asyncio

from celery import shared_task


async def migrate() -> None:
    await asyncio.sleep(0)


def main() -> None:
    asyncio.run(migrate())


@shared_task
def purge(days: int) -> int:
    return days


if __name__ == "__main__":
    asyncio.run(migrate())
