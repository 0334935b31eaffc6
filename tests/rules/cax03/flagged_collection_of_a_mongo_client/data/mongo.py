from motor.motor_asyncio import AsyncIOMotorClient

client = AsyncIOMotorClient("mongodb://mongo")  # CAX04 "client"
db = client["shop"]
users = db.users
