from shop.reports import report

HANDLERS = {}


def register(key, function):
    HANDLERS[key] = function


register("report", report)


def handle(key):
    return HANDLERS[key]()
