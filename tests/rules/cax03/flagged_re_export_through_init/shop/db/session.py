from sqlalchemy.ext.asyncio import async_sessionmaker

from . import engine as bind

Session = async_sessionmaker(bind)
