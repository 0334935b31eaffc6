registered = []


def registers(cls):
    def make(*args, **kwargs):
        made = cls(*args, **kwargs)
        made.label = cls.__name__
        return made

    registered.append(cls.__name__)
    return make
