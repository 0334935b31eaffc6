import aiohttp

session = aiohttp.ClientSession()


class Labels:
    pass
