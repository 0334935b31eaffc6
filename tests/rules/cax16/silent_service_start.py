"""Nobody is served before the service has started."""
import subprocess
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    subprocess.run(["alembic", "upgrade", "head"], check=True)
    yield
    time.sleep(0.5)


app = FastAPI(lifespan=lifespan)
