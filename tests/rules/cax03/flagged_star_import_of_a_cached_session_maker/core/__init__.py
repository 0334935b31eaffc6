from core.sessions import *
