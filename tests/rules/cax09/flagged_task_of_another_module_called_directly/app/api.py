from app.tasks import rebuild


async def rebuild_now(key: str) -> None:
    rebuild(key)  # CAX09 "rebuild"
