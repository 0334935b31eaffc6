import anyio
from celery import shared_task

from service import texts


@shared_task
def summarize(text: str) -> str:
    return anyio.run(texts.summary, text)  # CAX03 "get_openai()" "service/deps.py:7"
