import service.deps as deps


async def summary(text: str) -> str:
    answer = await deps.get_openai().responses.create(model="small", input=text)
    return answer.output_text
