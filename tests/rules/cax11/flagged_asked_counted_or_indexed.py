import asyncio


async def fetch(key: str) -> dict[str, str]:
    await asyncio.sleep(0)
    return {"key": key}


async def of_cache(key: str) -> str:
    found = fetch(key)  # CAX11 "stored in 'found', which is only tested"
    if found is None:
        return "nothing"
    return "something"


async def not_of_cache(key: str) -> str:
    found = fetch(key)  # CAX11 "which is only tested"
    if not found:
        return "nothing"
    return "something"


async def first(key: str) -> str:
    row = fetch(key)  # CAX11 "'[…]' (line 25) is taken from the coroutine of 'fetch'"
    return row["key"]


async def method_of_a_part(key: str) -> str:
    row = fetch(key)  # CAX11 "'[…]' (line 30)"
    return row["key"].upper()


async def how_many(keys: list[str]) -> int:
    rows = [fetch(key) for key in keys]  # CAX11 "is put in 'rows', which is only counted or tested"
    return len(rows)
