import asyncio
import time

_token = None


class Model:
    def __init__(self) -> None:
        self._it: str | None = None

    def get(self) -> str:
        if self._it is not None:
            return self._it
        time.sleep(5)
        self._it = "model"
        return self._it


def token() -> str:
    global _token
    if _token:
        return _token
    time.sleep(5)
    _token = "token"
    return _token


model = Model()


async def use() -> str:
    await asyncio.sleep(0)
    return model.get() + token()
