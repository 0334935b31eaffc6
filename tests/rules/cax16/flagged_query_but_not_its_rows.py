"""The query blocks; what is asked of its row does not, whatever the methods of its columns are called."""

from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.models import Order

app = FastAPI()


def load(session: Session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    return order


@app.get("/gift")
async def gift(session: Session, order_id: int) -> str:
    order = load(session, order_id)  # CAX16
    order.options.update(seen=True)
    return order.options.get("gift", {}).get("wrapping", "") + order.notes.count("x") * "."
