import asyncio
import time


def greet(name: str) -> str:
    return f"hello {name}"


if __name__ == "__main__":

    async def demo() -> None:
        print(greet("you"))
        time.sleep(1)

    asyncio.run(demo())
