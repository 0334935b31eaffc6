from celery import current_app, shared_task


def run_remote(name: str, *args: object) -> object:
    result = current_app.send_task(name, args=args)
    return result.get(timeout=120)  # CAX18 "reached from task 'sync_catalog'" "via run_remote()"


class Catalog:
    def refresh(self) -> object:
        return run_remote("catalog.refresh")


@shared_task
def sync_catalog() -> object:
    return run_remote("catalog.sync")


@shared_task
def refresh_catalog() -> object:
    return Catalog().refresh()
