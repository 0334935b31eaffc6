from celery import shared_task

_session = None


def get_session():
    import aiohttp

    global _session
    if _session is None or _session.closed:
        _session = aiohttp.ClientSession()  # CAX04 "_session"
    return _session


@shared_task
def publish(post_id: int) -> int:
    import asyncio

    async def _publish() -> int:
        from json import dumps

        session = get_session()
        async with session.post("https://api.example/posts", data=dumps({"id": post_id})) as response:
            return response.status

    return asyncio.run(_publish())  # CAX03 "_session"
