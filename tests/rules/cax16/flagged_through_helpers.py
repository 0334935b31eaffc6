import urllib.request


def download(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.read()


def avatar(email: str) -> bytes:
    return download(f"https://avatars.example.com/{email}")


class Profiles:
    def __init__(self) -> None:
        self.avatars: dict[str, bytes] = {}

    def _fill(self, email: str) -> None:
        self.avatars[email] = avatar(email)

    async def show(self, email: str) -> bytes:
        if email not in self.avatars:
            self._fill(email)  # CAX16@13 "_fill() reaches urllib.request.urlopen() (app/flagged_through_helpers.py:5) via avatar() > download()" "'Profiles.show'"
        return self.avatars[email]
