from app.celery import app


@app.task(name="mail")
async def mail(address: str) -> None:
    print(address)
