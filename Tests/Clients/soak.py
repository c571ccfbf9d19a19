"""Floods `meridian serve` with StatsD datagrams and holds that memory is flat and every datagram counted.

Usage: python3 Tests/Clients/soak.py PATH-OF-MERIDIAN [SECONDS [DATAGRAMS-A-SECOND]]

Ten minutes by default, at twice what two cores sustain. One datagram in a hundred is no StatsD, one in fifty
is of a new series. Prints the resident memory each ten seconds, and at the end: sent = stored + rejected +
dropped.
"""

import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

SENDERS = 2
SECONDS = 600
RATE = 400_000


def send(port, seconds, rate, number, total):
    known = [f"orders.{index}.requests:1|c|#region:eu-west-1".encode() for index in range(1000)]
    start = time.monotonic()
    sent = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", port))
        while (passed := time.monotonic() - start) < seconds:
            while sent < passed * rate:
                for _ in range(100):
                    if sent % 100 == 99:
                        data = b"this is no metric"
                    elif sent % 50 == 0:
                        data = f"new.{number}.{sent}:1|c".encode()
                    else:
                        data = known[sent % 1000]
                    sender.send(data)
                    sent += 1
                if time.monotonic() - start >= seconds:
                    break
            time.sleep(0.001)
    total.put(sent)


def memory(process):
    """Resident megabytes."""
    with open(f"/proc/{process.pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


def counters(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as reply:
        text = reply.read().decode()
    found = re.findall(r'meridian_(\w+)_records_total\{source="udp://[^"]+"\} (\d+)', text)
    series = re.search(r"^meridian_series (\d+)", text, re.MULTILINE)[1]
    return {name: int(value) for name, value in found} | {"series": int(series)}


def settled(port, sent):
    """The counters once they account for all that was sent, or change no more."""
    before = None
    while True:
        now = counters(port)
        if now["received"] >= sent or now == before:
            return now
        before = now
        time.sleep(2)


def main():
    program = os.path.abspath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    rate = float(sys.argv[3]) if len(sys.argv) > 3 else RATE
    with tempfile.TemporaryDirectory() as folder:
        errors = open(os.path.join(folder, "errors"), "w+")
        server = subprocess.Popen(
            [program, "serve", "--listen", "metrics=127.0.0.1:0", "--listen", "statsd=127.0.0.1:0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=folder)
        text = ""
        while not ("listening for" in text and "listening on" in text):
            time.sleep(0.05)
            text = open(errors.name).read()
        page = re.search(r"listening for metrics on 127.0.0.1:(\d+)", text)[1]
        port = int(re.search(r"listening on udp://127.0.0.1:(\d+)", text)[1])
        total = multiprocessing.Queue()
        senders = [
            multiprocessing.Process(target=send, args=(port, seconds, rate / SENDERS, number, total))
            for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            time.sleep(10)
            print(f"{time.monotonic() - start:5.0f} s  {memory(server):6.0f} MB  {counters(page)}", flush=True)
        sent = sum(total.get() for _ in senders)
        found = settled(page, sent)
        sum_ = found["stored"] + found["rejected"] + found["dropped"]
        print(f"sent {sent} ({sent / seconds:.0f} a second); stored {found['stored']}, rejected {found['rejected']}, "
              f"dropped {found['dropped']}: {sum_}; {memory(server):.0f} MB")
        server.terminate()
        server.wait(60)
        print(open(errors.name).read().splitlines()[-1])
        return 0 if sum_ == sent else 1


if __name__ == "__main__":
    sys.exit(main())
