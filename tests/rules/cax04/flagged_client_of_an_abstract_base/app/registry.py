from app.connectors.github import GitHub

CONNECTORS = {"github": GitHub()}


def connector(name: str):
    return CONNECTORS[name]
