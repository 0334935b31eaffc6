import ftplib
import smtplib
import urllib.request

import psycopg2
import requests
from celery import shared_task
from django.conf import settings

TIMEOUT = (3.05, 30)


@shared_task
def refresh(url: str) -> str:
    page = requests.get(url, timeout=TIMEOUT).text
    page += requests.request("GET", url, timeout=settings.HTTP_TIMEOUT).text
    with urllib.request.urlopen(url, None, 10) as response:
        page += response.read().decode()
    with smtplib.SMTP("mail.example", 587, timeout=10) as server:
        server.noop()
    ftplib.FTP("files.example", timeout=5).quit()
    psycopg2.connect(host="db", dbname="shop", connect_timeout=5).close()
    return page
