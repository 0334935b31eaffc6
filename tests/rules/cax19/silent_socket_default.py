import smtplib
import socket
import urllib.request

from celery import shared_task

socket.setdefaulttimeout(30)


@shared_task
def refresh(url: str) -> bytes:
    with smtplib.SMTP("mail.example") as server:
        server.noop()
    sock = socket.socket()
    sock.connect(("printer.example", 9100))
    with urllib.request.urlopen(url) as response:
        return response.read()
