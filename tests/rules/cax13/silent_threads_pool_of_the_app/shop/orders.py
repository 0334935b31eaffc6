from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")


def open_orders() -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("select id from orders where open")).scalars())
