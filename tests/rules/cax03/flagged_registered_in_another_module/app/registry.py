HANDLERS = {}
OTHERS = {}


def handles(kind):
    def enter(function):
        HANDLERS[kind] = function
        return function

    return enter


def register(kind, function):
    OTHERS[kind] = function
