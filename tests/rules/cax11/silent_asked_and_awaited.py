import asyncio


async def fetch(key: str) -> dict[str, str]:
    await asyncio.sleep(0)
    return {"key": key}


async def of_cache(key: str) -> str:
    found = fetch(key)
    if found is not None:
        return (await found)["key"]
    return "something"


async def first(key: str) -> str:
    row = await fetch(key)
    return row["key"]


async def how_many(keys: list[str]) -> int:
    rows = [fetch(key) for key in keys]
    if not rows:
        return 0
    await asyncio.gather(*rows)
    return len(rows)


async def of_another_scope(tables: list[list[str]], key: str) -> list[str]:
    row = fetch(key)
    await asyncio.gather(row)
    return [str(row[0]) for row in tables]


async def closed(key: str) -> None:
    found = fetch(key)
    if found is not None:
        found.close()


def make(keys: list[str]) -> int:
    rows = [fetch(key) for key in keys]

    def later() -> object:
        return rows

    print(later)
    return len(rows)
