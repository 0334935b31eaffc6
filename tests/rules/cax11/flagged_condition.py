from celery import shared_task


async def is_allowed(user_id: int) -> bool:
    return user_id > 0


async def balance(user_id: int) -> int:
    return user_id


@shared_task
def pay(user_id: int, amount: int) -> str:
    if not is_allowed(user_id):  # CAX11@12 "always true" "'is_allowed'"
        return "refused"
    if amount > 0 and balance(user_id) > amount:  # CAX11@23 "takes the coroutine" "'balance'"
        return "paid"
    return "paid" if is_allowed(user_id) else "refused"  # CAX11@22
