# options: path=tests/test_worker.py
import pytest


async def work() -> None:
    print("work")


def test_work() -> None:
    with pytest.raises(RuntimeError):
        work()
