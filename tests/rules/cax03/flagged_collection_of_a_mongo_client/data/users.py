from data.mongo import db, users


async def deactivate(user: str) -> None:
    await users.update_one({"_id": user}, {"$set": {"active": False}})
    await db["audit"].insert_one({"user": user})
