class Mailer:
    async def send(self, address: str) -> None:
        print(address)


mailer = Mailer()


async def audit(event: str) -> None:
    print(event)
