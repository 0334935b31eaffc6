import socket

from celery import shared_task


@shared_task
def print_label(host: str, label: bytes) -> bytes:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect((host, 9100))  # CAX19@5 "socket.socket.connect()"
    sock.sendall(label)
    return sock.recv(1024)


@shared_task
def ping(host: str) -> None:
    socket.create_connection((host, 9100)).close()  # CAX19@5 "socket.create_connection()"
