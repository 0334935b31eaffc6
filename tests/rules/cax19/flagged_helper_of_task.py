from celery import Celery
from requests import get as http_get
from requests.exceptions import HTTPError

app = Celery("rates")


class RatesClient:
    base_url = "https://rates.example"

    def load(self, day: str) -> dict:
        response = http_get(f"{self.base_url}/{day}", headers={"Accept": "application/json"})  # CAX19@20 "reached from task 'update_rates'" "load()"
        if response.status_code == 404:
            raise HTTPError(day)
        return response.json()


def rates_of(day: str) -> dict:
    return RatesClient().load(day)


@app.task
def update_rates(day: str) -> int:
    return len(rates_of(day))
