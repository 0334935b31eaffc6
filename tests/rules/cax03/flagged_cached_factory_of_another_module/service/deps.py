from functools import lru_cache

from openai import AsyncOpenAI


@lru_cache(maxsize=1)
def get_openai() -> AsyncOpenAI:
    return AsyncOpenAI(max_retries=2)  # CAX04
