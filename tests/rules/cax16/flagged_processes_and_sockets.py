import os
import socket
import subprocess


async def thumbnails(path: str) -> str:
    subprocess.run(["convert", path, "small.png"], check=True)  # CAX16@5
    process = subprocess.Popen(["ffmpeg", path])
    process.wait()  # CAX16@5 "subprocess.Popen().wait()"
    os.system("sync")  # CAX16@5
    return subprocess.check_output(["file", path], text=True)  # CAX16@12


async def probe(host: str) -> bool:
    socket.getaddrinfo(host, 80)  # CAX16@5
    with socket.create_connection((host, 80), timeout=3) as connection:  # CAX16@10
        return connection is not None
