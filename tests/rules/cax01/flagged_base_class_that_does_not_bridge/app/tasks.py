from .base import LoggedTask
from .main import app


@app.task(base=LoggedTask)
async def ping() -> str:  # CAX01
    return "pong"
