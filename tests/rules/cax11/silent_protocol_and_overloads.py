from typing import Protocol, overload


class Cursor(Protocol):
    async def close(self) -> None: ...


class Store:
    @overload
    async def put(self, item: str) -> None: ...

    @overload
    async def put(self, item: bytes) -> None: ...

    def put(self, item):
        print(item)


def finish(cursor: Cursor, store: Store) -> None:
    cursor.close()
    store.put("a")
