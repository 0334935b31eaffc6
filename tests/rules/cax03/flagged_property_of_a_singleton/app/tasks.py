import asyncio

from celery import shared_task


@shared_task
def index(document: dict) -> None:
    from app.indexing import Indexer

    asyncio.run(Indexer().index(document))  # CAX03 "Search._client" "app/clients/search.py:12"
