from library import Service, instrument


class Base(Service):
    pass


class Client(Base):
    async def fetch(self) -> None:
        print("fetched")


class Patched:
    async def fetch(self) -> None:
        print("fetched")


Patched.fetch = print


@instrument
class Measured:
    async def fetch(self) -> None:
        print("fetched")


def start(client, patched: Patched, measured: Measured) -> None:
    client.fetch()
    Client().close()
    patched.fetch()
    measured.fetch()


def replace(client: Client, other) -> None:
    client = other
    client.fetch()
