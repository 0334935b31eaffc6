from celery import Celery
from celery.result import allow_join_result

app = Celery("shop", broker="amqp://", backend="rpc://")


@app.task
def resize(number: int) -> int:
    return number


@app.task
def on_one_path(local: bool) -> int:
    result = resize.apply((1,)) if local else resize.apply_async((1,))
    with allow_join_result():
        return result.get()  # CAX18 "resize.apply_async()" "deadlock"


@app.task
def on_one_branch(local: bool) -> int:
    if local:
        result = resize.apply((1,))
    else:
        result = resize.delay(1)
    with allow_join_result():
        return result.get()  # CAX18 "resize.delay()" "deadlock"


@app.task
def on_both_paths(twice: bool) -> int:
    result = resize.apply((2,)) if twice else resize.apply((1,))
    with allow_join_result():
        return result.get()
