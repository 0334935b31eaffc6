import sys

if sys.platform == "linux":

    async def flush() -> None:
        print("flushed")

else:

    def flush() -> None:
        print("flushed")


try:
    from fast import push
except ImportError:

    async def push() -> None:
        print("pushed")


async def load() -> None:
    print("loaded")


load = print


def finish() -> None:
    flush()
    push()
    load()
