from asgiref.sync import async_to_sync, sync_to_async


class Notifier:
    async def send(self, text: str) -> None:
        print(text)

    def send_sync(self, text: str) -> None:
        push = async_to_sync(self.send)
        push(text)


@async_to_sync
async def greet(name: str) -> None:
    print(name)


def report(name: str) -> None:
    greet(name)


async def main(notifier: Notifier) -> None:
    await sync_to_async(report)("a")
    await sync_to_async(notifier.send_sync)("b")
