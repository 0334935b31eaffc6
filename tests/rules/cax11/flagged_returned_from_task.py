from celery import Celery

app = Celery("shop")


async def work(number: int) -> int:
    return number


@app.task
def direct(number: int) -> int:
    return work(number)  # CAX11@12 "task 'direct' returns the coroutine of 'work'"


@app.task(ignore_result=True)
def in_dict(number: int) -> dict[str, object]:
    return {"number": number, "result": work(number)}  # CAX11@41


@app.task
def in_variable(number: int) -> int:
    result = work(number)
    return result  # CAX11@5 "task 'in_variable'"
