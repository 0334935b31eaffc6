"""The fallback can never work: the loop of the endpoint is still running."""
import asyncio

from fastapi import APIRouter, HTTPException

from app.storage import FileStorage

router = APIRouter()


@router.get("/files/{key}/preview")
async def preview(key: str) -> bytes:
    storage = FileStorage()

    async def _download() -> bytes:
        return await storage.download(key)

    try:
        content = asyncio.run(_download())  # CAX09@19
    except RuntimeError:
        loop = asyncio.new_event_loop()
        try:
            content = loop.run_until_complete(_download())  # CAX09@23 "run_until_complete()"
        finally:
            loop.close()
    except Exception as exc:
        raise HTTPException(404, detail=f"not in storage: {exc}") from exc
    return content
