"""A helper with a bridge is right as long as no coroutine calls it."""
import asyncio

import click


async def export(path: str) -> None:
    await asyncio.sleep(0)


def export_sync(path: str) -> None:
    asyncio.run(export(path))


@click.command()
@click.argument("path")
def main(path: str) -> None:
    export_sync(path)


async def watch(path: str) -> None:
    await export(path)
