import requests
from fastapi import APIRouter

router = APIRouter()
session = requests.Session()


@router.get("/weather/{city}")
async def weather(city: str) -> dict:
    response = requests.get(f"https://weather.example.com/{city}", timeout=5)  # CAX16@16 "requests.get()"
    return response.json()


@router.get("/news")
async def news() -> list:
    with requests.Session() as http:
        first = http.get("https://news.example.com/1", timeout=5)  # CAX16@17 "requests.Session().get()"
    second = session.post("https://news.example.com/2", timeout=5)  # CAX16@14
    return [first.json(), second.json()]
