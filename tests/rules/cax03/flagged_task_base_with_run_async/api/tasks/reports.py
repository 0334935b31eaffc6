from celery import shared_task
from sqlalchemy import text

from api.db.session import get_session
from api.tasks.base import AsyncTask


async def _build(report_id: int) -> None:
    async with get_session() as session:
        await session.execute(text("select 1"))


@shared_task(bind=True, base=AsyncTask)
def build_report(self, report_id: int) -> None:
    self.run_async(_build(report_id))
