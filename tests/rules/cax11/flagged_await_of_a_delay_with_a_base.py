from celery import Task, shared_task


class Logged(Task):
    abstract = True

    def on_failure(self, *args: object) -> None:
        print(args)


class Awaitable(Task):
    abstract = True

    async def delay(self, *args: object) -> None:
        self.apply_async(args)


@shared_task(base=Logged)
def ship() -> None:
    print("ship")


@shared_task(base=Awaitable)
def bill() -> None:
    print("bill")


async def order() -> None:
    await ship.delay()  # CAX11 "ship.delay() returns an AsyncResult at once"
    await bill.delay()
