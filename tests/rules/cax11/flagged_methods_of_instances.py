class Base:
    async def close(self) -> None:
        print("closed")


class Mailer(Base):
    @staticmethod
    async def check(address: str) -> bool:
        return "@" in address

    async def send(self, address: str) -> None:
        Mailer.check(address)  # CAX11 "'Mailer.check'"
        print(address)


def send_all(addresses: list[str]) -> None:
    mailer = Mailer()
    for address in addresses:
        mailer.send(address)  # CAX11@9 "'Mailer.send'"
    mailer.close()  # CAX11 "'Base.close' (app/flagged_methods_of_instances.py:2)"


def send_one(mailer: Mailer, address: str) -> None:
    mailer.send(address)  # CAX11
