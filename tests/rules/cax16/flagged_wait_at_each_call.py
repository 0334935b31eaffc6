import asyncio
import time


class Model:
    def __init__(self) -> None:
        self._it: str | None = None

    def get(self) -> str:
        if self._it is not None:
            return "model"
        time.sleep(5)
        self._it = "model"
        return self._it

    def get_again(self, name: str) -> str:
        if name:
            return name
        time.sleep(5)
        return "model"


model = Model()


async def use() -> str:
    await asyncio.sleep(0)
    return model.get() + model.get_again("")  # CAX16@12 "get() reaches time.sleep()"; CAX16@26
