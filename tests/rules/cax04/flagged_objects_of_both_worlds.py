import asyncio

from celery import shared_task
from google import genai
from langchain_openai import ChatOpenAI

model = ChatOpenAI(model="gpt-4o")  # CAX04
sync_model = ChatOpenAI(model="gpt-4o-mini")
client = genai.Client()  # CAX04
sync_client = genai.Client()


async def ask(question: str) -> str:
    answer = await model.ainvoke(question)
    await client.aio.models.generate_content(model="gemini", contents=question)
    return answer.content


async def ask_sync(question: str) -> str:
    await asyncio.sleep(0)
    sync_client.models.generate_content(model="gemini", contents=question)
    return sync_model.invoke(question).content


@shared_task
def run(question: str) -> str:
    return asyncio.run(ask(question))  # CAX03


@shared_task
def run_sync(question: str) -> str:
    return asyncio.run(ask_sync(question))  # CAX02
