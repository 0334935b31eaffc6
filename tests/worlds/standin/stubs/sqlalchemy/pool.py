"""The pools that an engine may have."""


class NullPool:
    pass


class AsyncAdaptedQueuePool:
    pass
