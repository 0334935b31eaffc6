from celery import Celery, chain

app = Celery("shop")


async def load(user_id: int) -> dict[str, int]:
    return {"id": user_id}


@app.task
def report(user: dict[str, int], day: str = "") -> None:
    print(user, day)


def publish(user_id: int) -> None:
    user = load(user_id)
    report.delay(load(user_id))  # CAX11@18 "delay() is given the coroutine of 'load'"
    report.apply_async(args=[load(user_id)], kwargs={"day": "today"})  # CAX11@30 "apply_async()"
    report.delay(user)  # CAX11@5
    app.send_task("shop.report", args=[load(user_id)])  # CAX11@40 "send_task()"
    chain(report.s(load(user_id))).delay()  # CAX11@20 "s() is given"
