import inspect

_IS_SYNC = False


class Connection:
    async def close(self) -> None:
        print("closed")

    async def open(self) -> None:
        print("opened")

    def __del__(self) -> None:
        if not inspect.iscoroutinefunction(self.close):
            self.close()
        if _IS_SYNC:
            self.open()
        if True:
            print("async")
        else:
            self.open()
