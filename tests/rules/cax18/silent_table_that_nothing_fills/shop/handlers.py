from shop.reports import report

HANDLERS = {}
NAMES = {"report": report.__name__}


def register(key, function):
    HANDLERS[key] = function


def handle(key):
    return HANDLERS[key]()
