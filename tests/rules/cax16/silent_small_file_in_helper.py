"""A helper that reads a prompt or a template once is too common, and too quick, to be worth a finding."""
import asyncio
from pathlib import Path

PROMPTS = Path(__file__).parent / "prompts"


def load_prompt(name: str) -> str:
    with open(PROMPTS / f"{name}.txt") as file:
        return file.read()


async def answer(question: str) -> str:
    await asyncio.sleep(0)
    return load_prompt("answer").format(question=question)
