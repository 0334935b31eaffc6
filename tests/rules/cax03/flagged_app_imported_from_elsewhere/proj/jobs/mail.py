import asyncio

from ..main import queue
from ..services import mailer as service


@queue.task(acks_late=True)
def send(address: str) -> None:
    asyncio.run(service.send(address))  # CAX03 "Mailer.http" "proj/services/mailer.py:6"
