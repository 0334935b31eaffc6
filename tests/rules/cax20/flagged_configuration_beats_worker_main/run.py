from shop.celery import app

if __name__ == "__main__":
    app.worker_main(["worker", "--pool=prefork", "--concurrency=4"])
