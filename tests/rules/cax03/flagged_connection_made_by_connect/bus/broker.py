import aio_pika


class Broker:
    def __init__(self) -> None:
        self.connection = None
        self.channel = None

    async def connect(self) -> None:
        if self.connection is None:
            self.connection = await aio_pika.connect_robust("amqp://broker")  # CAX04 "Broker.connection"
            self.channel = await self.connection.channel()

    async def publish(self, body: bytes) -> None:
        await self.connect()
        await self.channel.default_exchange.publish(aio_pika.Message(body), routing_key="events")


broker = Broker()
