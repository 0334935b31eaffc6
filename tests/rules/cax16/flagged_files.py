import json
import shutil
from pathlib import Path

from fastapi import APIRouter, UploadFile

router = APIRouter()


@router.post("/upload")
async def upload(file: UploadFile) -> dict:
    with open(f"/data/{file.filename}", "wb") as target:  # CAX16@10 "open()"
        target.write(await file.read())
    settings = json.loads(Path("/etc/shop.json").read_text())  # CAX16@27 "read_text()"
    return settings


def clean(folder: str) -> None:
    shutil.rmtree(folder)


@router.delete("/upload/{name}")
async def remove(name: str) -> None:
    clean(f"/data/{name}")  # CAX16@5 "clean() reaches shutil.rmtree()"
