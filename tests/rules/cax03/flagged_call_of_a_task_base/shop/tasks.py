from shop.celery import app


@app.task
def clean_carts():
    return 1
