#!/usr/bin/env python3
"""Feeds the program damaged input: files of every format, and bodies by HTTP.

Usage: python3 Fuzz/mutate.py PATH-OF-MERIDIAN [SECONDS [SEED]]

Holds that nothing ends it by a signal or keeps it longer than ten seconds, that HTTP is answered and never
by 500, and that a bad record among good ones costs itself alone. Prints its seed, by which a run is repeated;
an input that breaks a rule is kept beside the message.
"""

import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/WireFormatsTests/Fixtures"
PATIENCE_SECONDS = 10
# done; bad data; an input error
FINE = {0, 65, 74}

# Of a kind of `listen:`: the path, the headers, and the fixtures that are bodies.
BODIES = {
    "otlp": [
        ("/v1/metrics", {"Content-Type": "application/x-protobuf"}, "otlp-protobuf"),
        ("/v1/metrics", {"Content-Type": "application/json"}, "otlp-json"),
    ],
    "remoteWrite": [
        ("/api/v1/write", {"Content-Type": "application/x-protobuf", "Content-Encoding": "snappy"},
         "prometheus-remote-write"),
    ],
    "firehose": [("/", {"Content-Type": "application/json", "X-Amz-Firehose-Request-Id": ""}, "firehose")],
    "influx": [("/api/v2/write", {"Content-Type": "text/plain"}, "influx")],
    "cloudwatch": [
        ("/", {"Content-Type": "application/x-amz-json-1.0",
               "X-Amz-Target": "GraniteServiceVersion20100801.PutMetricData"}, "put-metric-data"),
        ("/service/GraniteServiceVersion20100801/operation/PutMetricData",
         {"Content-Type": "application/cbor", "Smithy-Protocol": "rpc-v2-cbor"}, "put-metric-data"),
        ("/", {"Content-Type": "application/x-www-form-urlencoded"}, "put-metric-data"),
        ("/", {"Content-Type": "application/x-amz-json-1.0", "Content-Encoding": "gzip",
               "X-Amz-Target": "GraniteServiceVersion20100801.GetMetricData"}, "put-metric-data"),
    ],
}

# A good line of each line format, and a bad one.
LINES = {
    "statsd": ("m{}:1|c", "m:|||"), "graphite": ("m{} 1 1795424400", "m one now"),
    "influx": ("m{} f=1 1795424400000000000", "m f= ,"), "prometheus-text": ("m{} 1 1795424400000", 'm{{a="b 1'),
    "metric-stream-json": (
        '{{"metric_name":"m{}","namespace":"N","region":"r","account_id":"1","dimensions":{{}},"timestamp":'
        '1795424400000,"value":{{"count":1,"sum":1,"min":1,"max":1}},"unit":"None"}}', '{"metric_name":"m","timest'),
    "emf": (
        '{{"_aws":{{"Timestamp":1795424400000,"CloudWatchMetrics":[{{"Namespace":"N","Dimensions":[[]],'
        '"Metrics":[{{"Name":"m{0}"}}]}}]}},"m{0}":1}}',
        '{"_aws":{"Timestamp":"x","CloudWatchMetrics":[{"Namespace":"N","Metrics":[{"Name":"a"}]}]},"a":1}'),
    "csv": ("2026-11-23 09:0{}:00,1", "yesterday,1"),
}


def mutate(data, chance):
    """One to eight changes: bits, bytes, pieces cut out, doubled, moved, cut off, and numbers that are too large."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(data) + 1)
        length = min(chance.choice((1, 2, 4, 16, 100)), len(data) - at)
        match chance.randrange(7):
            case 0 if at < len(data): data[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(data): data[at] = chance.choice(b'\x00\xff\x7f\x80"{}[],:|=#\n\\9-')
            case 2: del data[at:at + length]
            case 3: data[at:at] = data[at:at + length] * chance.choice((1, 2, 300))
            case 4: data[at:at] = bytes(chance.randrange(256) for _ in range(length))
            case 5: del data[at:]
            case _: data[at:at] = chance.choice((b"1e999", b"-9223372036854775809", b"NaN", b"[" * 500, b"\xff" * 10))
    return bytes(data)


def complain(what, data):
    path = tempfile.NamedTemporaryFile(prefix="meridian-mutation-", delete=False)
    path.write(data)
    path.close()
    raise SystemExit(f"{what}; the input is {path.name}")


def read_file(program, name, data, folder):
    path = os.path.join(folder, "input")
    pathlib.Path(path).write_bytes(data)
    try:
        run = subprocess.run(
            [program, "convert", path, "--input-format", name, "-o", "/dev/null", "--output-format", "csv"],
            capture_output=True, timeout=PATIENCE_SECONDS, cwd=folder)
    except subprocess.TimeoutExpired:
        complain(f"{name}: not done after {PATIENCE_SECONDS} s", data)
    if run.returncode not in FINE:
        complain(f"{name}: ended with {run.returncode}: {run.stderr[-300:]}", data)


def one_bad_record(program, folder):
    for name, (good, bad) in LINES.items():
        lines = [good.format(index) for index in range(9)]
        head = ["timestamp,value"] if name == "csv" else []
        for place in range(10):
            text = "\n".join(head + lines[:place] + [bad] + lines[place:]) + "\n"
            path = os.path.join(folder, "lines")
            pathlib.Path(path).write_text(text)
            run = subprocess.run(
                [program, "convert", path, "--input-format", name, "--namespace", "N", "--metric-name", "m",
                 "-o", "-", "--output-format", "metric-stream-json"], capture_output=True, text=True, cwd=folder)
            found = len(run.stdout.splitlines())
            if found != 9 or len(run.stderr.splitlines()) != 1:
                complain(f"{name}: a bad line at {place} leaves {found} of 9: {run.stderr}", text.encode())


class Server:
    def __init__(self, program, folder):
        arguments = [program, "serve"]
        for kind in list(BODIES) + ["metrics"]:
            arguments += ["--listen", f"{kind}=127.0.0.1:0"]
        self.errors = open(os.path.join(folder, "errors"), "w+")
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors, cwd=folder)
        deadline = time.monotonic() + 30
        self.ports = {}
        while len(self.ports) < len(BODIES) + 1 and time.monotonic() < deadline:
            text = pathlib.Path(self.errors.name).read_text()
            self.ports = dict(re.findall(r"listening for (\w+) on 127.0.0.1:(\d+)", text))
            time.sleep(0.02)

    def post(self, kind, path, headers, data):
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports[kind]}{path}", data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as reply:
                status = reply.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError as error:
            complain(f"{kind} {path}: {error}; the server's status is {self.process.poll()}", data)
        if status == 500 or self.process.poll() is not None:
            complain(f"{kind} {path} {headers}: {status}", data)


def main():
    program = os.path.abspath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    files, bodies = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        one_bad_record(program, folder)
        print(f"{len(LINES)} formats: one bad record costs one record", flush=True)
        inputs = [(path.parent.name, path.read_bytes()) for path in sorted(FIXTURES.glob("*/*.in"))]
        targets = [
            (kind, path, headers, data) for kind, list in BODIES.items() for path, headers, name in list
            for format, data in inputs if format == name]
        server = Server(program, folder)
        try:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                name, data = chance.choice(inputs)
                read_file(program, name, mutate(data, chance), folder)
                files += 1
                for _ in range(10):
                    kind, path, headers, data = chance.choice(targets)
                    server.post(kind, path, headers, mutate(data, chance))
                    bodies += 1
        finally:
            server.process.terminate()
            server.process.wait(PATIENCE_SECONDS)
    print(f"{files} files and {bodies} bodies: no trap, no hang, no 500")


if __name__ == "__main__":
    main()
