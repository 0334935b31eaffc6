from celery import shared_task
from django.http import HttpRequest, JsonResponse

from app.reports.tasks import build_report


def report_view(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"report": build_report.delay(request.user.pk).get(timeout=10)})


@shared_task
def purge() -> None:
    print("purged")


if __name__ == "__main__":
    print(purge.delay().get())
