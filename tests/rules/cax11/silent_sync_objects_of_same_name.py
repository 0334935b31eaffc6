import queue
import time

import httpx
import redis
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")
client = redis.Redis()
jobs: queue.Queue[int] = queue.Queue()


class Task:
    def delay(self, value: object) -> None:
        print(value)


async def load() -> int:
    return 1


def work() -> None:
    with Session(engine) as session:
        session.commit()
    engine.dispose()
    client.set("a", "b")
    if client.get("a"):
        jobs.put(1)
    with httpx.Client() as http:
        http.get("https://example.com").json()
    time.sleep(1)
    Task().delay(load())
