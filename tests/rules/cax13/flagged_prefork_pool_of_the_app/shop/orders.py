from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")


def open_orders() -> list[int]:
    with engine.connect() as connection:  # CAX13 "engine" "shop/orders.py:3" "worker_init"
        return list(connection.execute(text("select id from orders where open")).scalars())


def settle(order: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("update orders set open = false where id = :id"), {"id": order})
