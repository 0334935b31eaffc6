import asyncio

from fastapi import BackgroundTasks, FastAPI

api = FastAPI()


async def notify(user: str) -> None:
    await asyncio.sleep(0)


@api.post("/users")
async def create(user: str, tasks: BackgroundTasks) -> None:
    tasks.add_task(notify(user))  # CAX11@20 "add_task() calls what it is given"


@api.post("/users/again")
async def create_again(user: str, tasks: BackgroundTasks) -> None:
    tasks.add_task(notify, user)


class Queue:
    def add_task(self, task: object) -> None:
        print(task)


@api.post("/users/queue")
async def create_in_a_queue(user: str) -> None:
    Queue().add_task(notify(user))
