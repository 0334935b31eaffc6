from celery import Celery, Task

app = Celery("accounts")


class DeleteAccount(Task):
    name = "accounts.delete"

    async def run(self, user_id: int) -> None:  # CAX01@5 "DeleteAccount.run"
        print(user_id)


class ExportAccount(app.Task):
    name = "accounts.export"

    async def run(self, user_id: int) -> None:  # CAX01 "ExportAccount.run"
        print(user_id)


delete_account = app.register_task(DeleteAccount())
export_account = app.register_task(ExportAccount())
