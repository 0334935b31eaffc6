from sqlalchemy.pool import NullPool

ENGINE_OPTIONS = {"poolclass": NullPool, "echo": False}
