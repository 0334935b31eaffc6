import asyncio

from celery import Celery

app = Celery("shop")


class Mailer:
    async def send(self, user_id: int) -> None:
        await asyncio.sleep(1)

    async def send_all(self, user_ids: list[int]) -> None:
        for user_id in user_ids:
            asyncio.create_task(self.send(user_id))  # CAX12 "task 'mail_users'"


@app.task(bind=True)
def mail_users(self, user_ids: list[int]) -> None:
    async def _run() -> None:
        await Mailer().send_all(user_ids)

    asyncio.run(_run())  # CAX02
