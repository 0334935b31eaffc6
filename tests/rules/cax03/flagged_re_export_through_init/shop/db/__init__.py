from .engine import engine
from .session import *

__all__ = ["Session", "engine"]
