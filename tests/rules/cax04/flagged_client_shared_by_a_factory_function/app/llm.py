import anthropic

_clients = {}


def get_client(key: str) -> anthropic.AsyncAnthropic:
    if key not in _clients:
        _clients[key] = anthropic.AsyncAnthropic(api_key=key)  # CAX04 "_clients[…]"
    return _clients[key]
