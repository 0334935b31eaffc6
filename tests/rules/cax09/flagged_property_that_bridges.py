import asyncio

from fastapi import FastAPI

app = FastAPI()


async def load() -> int:
    await asyncio.sleep(0)
    return 1


class Account:
    @property
    def balance(self) -> int:
        return asyncio.run(load())

    def read(self) -> int:
        return asyncio.run(load())


@app.get("/balance")
async def balance() -> int:
    account = Account()
    await asyncio.sleep(0)
    return account.balance  # CAX09@12 "Account.balance"


@app.get("/method")
async def method() -> object:
    account = Account()
    await asyncio.sleep(0)
    return account.read
