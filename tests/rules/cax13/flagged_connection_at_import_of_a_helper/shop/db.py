from sqlalchemy import create_engine, text

engine = create_engine("postgresql://localhost/shop")
with engine.connect() as connection:  # CAX13
    VERSION = connection.execute(text("select version()")).scalar()
