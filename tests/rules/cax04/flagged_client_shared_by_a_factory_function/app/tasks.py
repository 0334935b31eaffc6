import asyncio

from celery import shared_task

from app.agent import create_agent


@shared_task
def answer(question: str) -> str:
    agent = create_agent("k")
    return asyncio.run(agent.answer(question))  # CAX03 "_clients[…]"
