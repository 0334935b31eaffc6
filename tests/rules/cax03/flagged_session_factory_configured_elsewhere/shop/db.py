from sqlalchemy.ext.asyncio import async_sessionmaker

Session = async_sessionmaker(expire_on_commit=False)
