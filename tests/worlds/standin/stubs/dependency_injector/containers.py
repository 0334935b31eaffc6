"""Containers of dependency-injector as far as worlds use them."""


class DeclarativeContainer:
    pass
