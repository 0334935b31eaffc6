import aiohttp

http = None


async def client() -> aiohttp.ClientSession:
    global http
    if http is None or http.closed:
        http = aiohttp.ClientSession()  # CAX04
    return http
