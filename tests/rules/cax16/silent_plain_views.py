"""A plain ``def`` view runs in a thread; so does a plain dependency."""
import time

import requests
from fastapi import APIRouter, BackgroundTasks, Depends

router = APIRouter()


def token() -> str:
    return requests.post("https://auth.example.com/token", timeout=5).text


def write_log(message: str) -> None:
    time.sleep(0.1)
    print(message)


@router.get("/slow")
def slow() -> dict:
    time.sleep(1)
    return {}


@router.get("/quick")
async def quick(background: BackgroundTasks, value: str = Depends(token)) -> dict:
    background.add_task(write_log, value)
    return {"token": value}
