from celery import Task


class Notify(Task):
    name = "notify"

    async def __call__(self, *args, **kwargs):  # CAX01 "Notify.__call__"
        return await self.run(*args, **kwargs)

    async def run(self, user_id: int) -> int:  # CAX01 "Notify.run"
        return user_id
