from app.llm import get_client


class Agent:
    def __init__(self, key: str) -> None:
        self.client = get_client(key)

    async def answer(self, question: str) -> str:
        message = await self.client.messages.create(model="small", max_tokens=10, messages=[])
        return message.id


def create_agent(key: str) -> Agent:
    return Agent(key)
