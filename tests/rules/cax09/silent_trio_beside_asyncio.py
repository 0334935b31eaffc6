"""trio looks for a trio loop only: it blocks the asyncio loop of the endpoint, but it runs (tried with trio 0.35)."""

import trio
from fastapi import FastAPI

app = FastAPI()


async def entity_types(index: str) -> list[str]:
    await trio.sleep(0)
    return [index]


class Search:
    def rewrite(self, question: str) -> list[str]:
        return [question, *trio.run(entity_types, "entities")]


@app.get("/search")
async def search(question: str) -> list[str]:
    return Search().rewrite(question)
