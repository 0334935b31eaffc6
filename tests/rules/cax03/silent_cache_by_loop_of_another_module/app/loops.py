import asyncio


def loop_key() -> int:
    return id(asyncio.get_running_loop())
