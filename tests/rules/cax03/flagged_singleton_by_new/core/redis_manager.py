from redis.asyncio import Redis


class RedisManager:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance._client = None
        return cls._instance

    def get_client(self) -> Redis:
        if self._client is None:
            self._client = Redis(host="cache")  # CAX04 "RedisManager._client"
        return self._client
