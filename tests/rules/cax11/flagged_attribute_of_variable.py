import logging

from celery import shared_task

from shop.models import Order

log = logging.getLogger(__name__)


async def find_order(number: str) -> Order:
    return await Order.objects.aget(number=number)


@shared_task
def ship(number: str) -> None:
    try:
        order = find_order(number)  # CAX11 "'.pk' (line 22)" "'find_order'"
    except Order.DoesNotExist:
        log.info("new order %s", number)
        order = Order(number=number)
    else:
        log.info("found %s", order.pk)
    order.shipped = True


async def weigh(number: str) -> int:
    parcel = find_order(number)  # CAX11@14 "'.weight' (line 28)"
    return parcel.weight * 2


async def first_line(number: str) -> str:
    return await find_order(number)["lines"]  # CAX11@18 "an expression takes"
