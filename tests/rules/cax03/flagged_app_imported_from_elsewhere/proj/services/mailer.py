import httpx


class Mailer:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient()  # CAX04

    async def send(self, address: str) -> None:
        await self.http.post("https://mail.example/", json={"to": address})


_mailer = Mailer()
send = _mailer.send
