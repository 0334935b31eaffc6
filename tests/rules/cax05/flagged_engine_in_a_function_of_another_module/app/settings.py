import os


class Settings:
    debug = False
    database_url = os.environ["DATABASE_URL"]


settings = Settings()
