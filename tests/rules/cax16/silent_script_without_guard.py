"""Loads the prices once, by hand: ``python -m scripts.load_prices``."""

import asyncio
import subprocess

import asyncpg


def migrate() -> None:
    subprocess.run(["alembic", "upgrade", "head"], check=True)


async def fill(connection: asyncpg.Connection) -> None:
    with open("prices.csv") as lines:
        for line in lines:
            await connection.execute("INSERT INTO prices VALUES ($1)", line)


async def main() -> None:
    migrate()
    connection = await asyncpg.connect()
    await fill(connection)


asyncio.run(main())
