import asyncio

import anyio


class Command:
    def handle(self, *args: object) -> None:
        asyncio.run(self.work())
        anyio.run(self.work)

    async def work(self) -> None:
        print("working")

    async def hook(self) -> None:
        await self.before()

    def before(self):
        """Subclasses return an awaitable."""


def build():
    return Command().work()


if __name__ == "__main__":
    asyncio.run(build())
