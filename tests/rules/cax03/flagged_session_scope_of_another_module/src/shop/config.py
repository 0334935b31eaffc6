from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql+asyncpg://db/shop"
    pool_size: int = 10


settings = Settings()
