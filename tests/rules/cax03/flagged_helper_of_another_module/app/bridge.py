import asyncio


def run_async(coroutine):
    return asyncio.run(coroutine)  # CAX03 "engine" "app/db.py:3" "task 'sync_user' (app/tasks.py:8)"
