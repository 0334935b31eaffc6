from app.services.payments import Payments

_payments: Payments | None = None


def payments() -> Payments:
    global _payments
    if _payments is None:
        _payments = Payments(key="k")
    return _payments
