# options: path=tests/test_reports.py
import pytest

from app.reports.tasks import build_report


@pytest.mark.asyncio
async def test_report(celery_worker) -> None:
    assert build_report.delay(1).get(timeout=10) == 1
