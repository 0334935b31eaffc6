import httpx
from dependency_injector import containers, providers


class Container(containers.DeclarativeContainer):
    http = providers.Singleton(httpx.AsyncClient)  # CAX04 "Container.http"
