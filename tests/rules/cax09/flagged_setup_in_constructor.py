import asyncio


async def open_session(url: str) -> dict:
    await asyncio.sleep(0)
    return {"url": url}


class Gateway:
    def __init__(self, url: str) -> None:
        self.session = asyncio.get_event_loop().run_until_complete(open_session(url))

    async def send(self, message: str) -> None:
        await asyncio.sleep(0)


async def main() -> None:
    gateway = Gateway("https://gateway.example.com")  # CAX09@15 "Gateway() reaches run_until_complete()"
    await gateway.send("hello")
