"""The blocking driver runs in a thread and asks the loop of the coroutine that started it: the right use."""
import asyncio


async def store(row: dict) -> int:
    await asyncio.sleep(0)
    return row["id"]


async def import_rows(rows: list[dict]) -> None:
    loop = asyncio.get_running_loop()

    def drive() -> None:
        for row in rows:
            asyncio.run_coroutine_threadsafe(store(row), loop).result()

    await asyncio.to_thread(drive)
