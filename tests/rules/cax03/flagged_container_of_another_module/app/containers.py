import httpx
from dependency_injector import containers, providers

from app.services import Prices


class Container(containers.DeclarativeContainer):
    http = providers.Singleton(httpx.AsyncClient, timeout=5)  # CAX04 "Container.http"
    prices = providers.Factory(Prices, http=http)
