from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("mysql+aiomysql://db/shop")  # CAX05
Session = async_sessionmaker(bind=engine)
