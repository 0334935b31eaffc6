import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pymongo

rows = pymongo.MongoClient("mongodb://db")["shop"]["rows"]
pool = ThreadPoolExecutor()


def pause(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


async def maps() -> None:
    list(map(time.sleep, [1, 1]))  # CAX16 "time.sleep()"
    for _ in map(pause, [1, 1]):  # CAX16 "pause() reaches time.sleep()"
        await asyncio.sleep(0)
    sum(map(lambda seconds: pause(seconds), [1, 1]))  # CAX16
    map(time.sleep, [1, 1])
    list(map(str, [1, 1]))
    await asyncio.to_thread(list, map(time.sleep, [1, 1]))


async def pools() -> None:
    list(pool.map(pause, [1, 1]))  # CAX16 "map()"
    for _ in pool.map(pause, [1, 1]):  # CAX16
        await asyncio.sleep(0)
    pool.map(pause, [1, 1])


async def cursors() -> None:
    list(rows.find({}))  # CAX16 "find()"
    for row in rows.find({}):  # CAX16
        print(row)
    rows.find({})
