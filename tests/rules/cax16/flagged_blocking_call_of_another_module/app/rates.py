import requests


def fetch_rates(day: str) -> dict:
    return requests.get(f"https://rates.example/{day}", timeout=5).json()
