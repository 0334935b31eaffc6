import ftplib
import http.client
import smtplib
import urllib.request
from urllib.request import Request, urlopen

from celery import shared_task


@shared_task
def download(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:  # CAX19@10 "urllib.request.urlopen()"
        return response.read()


@shared_task
def upload(url: str, body: bytes) -> int:
    return urlopen(Request(url, data=body)).status  # CAX19


@shared_task
def mail(address: str, text: str) -> None:
    with smtplib.SMTP("mail.example", 587) as server:  # CAX19 "smtplib.SMTP()"
        server.starttls()
        server.sendmail("shop@example.org", address, text)


@shared_task
def fetch_export(name: str) -> None:
    ftp = ftplib.FTP("files.example")  # CAX19
    ftp.login()
    ftp.retrbinary(f"RETR {name}", print)
    connection = http.client.HTTPSConnection("files.example")  # CAX19
    connection.request("GET", f"/{name}")
