import httpx
import urllib3
from celery import shared_task

CLIENT = httpx.Client(base_url="https://erp.example", timeout=None)  # CAX19@10 "httpx.Client()" "reached from task 'sync_order'"
HTTP = urllib3.PoolManager(num_pools=4)


class Erp:
    def push(self, order_id: int) -> int:
        return CLIENT.post("/orders", json={"id": order_id}).status_code


@shared_task
def sync_order(order_id: int) -> int:
    HTTP.request("GET", "https://erp.example/ping")  # CAX19 "urllib3.PoolManager.request()"
    return Erp().push(order_id)
