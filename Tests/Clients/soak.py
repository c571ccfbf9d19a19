"""Floods `meridian serve` with StatsD datagrams and holds that memory is flat and every datagram counted.

Usage: python3 Tests/Clients/soak.py PATH-OF-MERIDIAN [SECONDS [DATAGRAMS-A-SECOND]]

Ten minutes by default, of more than two cores sustain beside the senders. One datagram in a hundred is no StatsD, one in fifty
is of a new series. Prints the resident memory each ten seconds, and at the end: sent = stored + rejected +
dropped.
"""

import ctypes
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
RATE = 700_000
LIBRARY = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    """`struct iovec`."""
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Header(ctypes.Structure):
    """`struct msghdr` of Linux on 64 bits."""
    _fields_ = [
        ("name", ctypes.c_void_p), ("name_length", ctypes.c_uint32), ("vectors", ctypes.POINTER(Vector)),
        ("vector_count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int)]


class Message(ctypes.Structure):
    """`struct mmsghdr`."""
    _fields_ = [("header", Header), ("sent", ctypes.c_uint)]


class Datagrams:
    """A hundred datagrams that go in one system call, as Python alone would be slower than meridian."""

    SIZE = 100

    def __init__(self, lines):
        self.buffers = [ctypes.create_string_buffer(line, len(line)) for line in lines]
        self.vectors = (Vector * self.SIZE)()
        self.messages = (Message * self.SIZE)()
        for index, buffer in enumerate(self.buffers):
            self.vectors[index] = Vector(ctypes.addressof(buffer), len(buffer))
            self.messages[index].header.vectors = ctypes.pointer(self.vectors[index])
            self.messages[index].header.vector_count = 1

    def rename(self, index, line):
        self.buffers[index].raw = line

    def send(self, sender):
        done = LIBRARY.sendmmsg(sender.fileno(), self.messages, self.SIZE, 0)
        if done < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")
        return done


def datagrams(number, batch):
    lines = [f"orders.{(batch * 100 + index) % 1000}.requests:1|c|#region:eu-west-1".encode() for index in range(100)]
    lines[0], lines[50] = new_series(number, 0), new_series(number, 0)
    lines[99] = b"this is no metric"
    return Datagrams(lines)


def new_series(number, index):
    return f"new.{number}.{index:012}:1|c".encode()


def send(port, seconds, rate, number, total):
    batches = [datagrams(number, batch) for batch in range(10)]
    start = time.monotonic()
    sent = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", port))
        while (passed := time.monotonic() - start) < seconds:
            while sent < passed * rate and time.monotonic() - start < seconds:
                batch = batches[sent // 100 % 10]
                batch.rename(0, new_series(number, sent))
                batch.rename(50, new_series(number, sent + 50))
                sent += batch.send(sender)
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
