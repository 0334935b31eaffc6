from abc import ABC

import httpx


class Connector(ABC):
    base_url = ""

    def __init__(self) -> None:
        self.client = httpx.AsyncClient(base_url=self.base_url)  # CAX04 "Connector.client"
