import requests


class Client:
    def __init__(self) -> None:
        self.session = requests.Session()

    def fetch(self, url: str) -> bytes:
        return self.session.get(url).content  # CAX19
