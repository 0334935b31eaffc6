from celery import shared_task


@shared_task
def rebuild(index: str) -> None:
    async def _run() -> None:
        print("rebuilding", index)

    start = _run
    _run()  # CAX11 "'rebuild._run' (app/flagged_nested_and_renamed.py:6)"
    start()  # CAX11 "'rebuild._run'"
