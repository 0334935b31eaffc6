import socket

from celery import shared_task


@shared_task
def print_label(host: str, label: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.settimeout(5)
        sock.connect((host, 9100))
        sock.sendall(label)
    socket.create_connection((host, 9100), 5).close()
