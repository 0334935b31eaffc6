import httpx
from django.db import models


class User(models.Model):
    name = models.CharField(max_length=80)

    async def rename(self, name: str) -> None:
        self.name = name
        self.asave()  # CAX11 "Model.asave()"


async def get_user(user_id: int) -> User:
    return await User.objects.aget(pk=user_id)


async def greet(user_id: int) -> str:
    return get_user(user_id).name  # CAX11@12 "'.name' is taken from the coroutine of 'get_user'"


async def fetch(url: str) -> dict[str, str]:
    async with httpx.AsyncClient() as client:
        return client.get(url).json()  # CAX11@16 "'.json'" "httpx.AsyncClient.get()"
