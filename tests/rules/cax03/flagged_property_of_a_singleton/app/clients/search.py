from elasticsearch import AsyncElasticsearch


class Search:
    def __init__(self, url: str) -> None:
        self._url = url
        self._client: AsyncElasticsearch | None = None

    @property
    def client(self) -> AsyncElasticsearch:
        if self._client is None:
            self._client = AsyncElasticsearch(self._url)  # CAX04 "Search._client"
        return self._client


search = Search("http://search:9200")
