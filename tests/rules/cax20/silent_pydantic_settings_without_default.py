from celery import Celery
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    worker_pool: str
    task_time_limit: int = 60


app = Celery("shop")
app.config_from_object(Settings())
