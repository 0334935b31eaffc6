# options: cax-pool=gevent
from app.reports.tasks import build_report


async def download(report_id: int) -> bytes:
    return build_report.delay(report_id).get()  # CAX18 "stalls the event loop"
