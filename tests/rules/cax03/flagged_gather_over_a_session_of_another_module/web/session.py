import aiohttp

_session = None


class Http:
    @staticmethod
    async def session() -> aiohttp.ClientSession:
        global _session
        if _session is None:
            _session = aiohttp.ClientSession()  # CAX04 "_session"
        return _session

    @staticmethod
    async def status(url: str) -> int:
        session = await Http.session()
        async with session.get(url) as answer:
            return answer.status
