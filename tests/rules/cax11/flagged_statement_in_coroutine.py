import asyncio


class Inbox:
    def __init__(self) -> None:
        self.items: asyncio.Queue[str] = asyncio.Queue()

    async def accept(self, text: str) -> None:
        self.items.put(text)  # CAX11 "asyncio.Queue.put()"
        self.log(text)  # CAX11 "'Inbox.log' (app/flagged_statement_in_coroutine.py:12)"

    async def log(self, text: str) -> None:
        asyncio.sleep(0.1)  # CAX11 "asyncio.sleep()"
        print(text)
