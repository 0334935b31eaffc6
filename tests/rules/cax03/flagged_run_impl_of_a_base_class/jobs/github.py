import httpx

CLIENT = httpx.AsyncClient(base_url="https://api.github.com")  # CAX04 "jobs/base.py:7"


async def repositories(owner: str) -> list[dict]:
    answer = await CLIENT.get(f"/orgs/{owner}/repos")
    return answer.json()
