"""`meridian serve` for the client tests, and reading back through its CloudWatch API."""

import datetime
import json
import os
import re
import subprocess
import time
import urllib.request

import boto3
import botocore.config
import botocore.utils

DEADLINE_SECONDS = 60
REGION = "eu-west-1"


class Server:
    """`meridian serve` on free ports of this machine."""

    KINDS = ["cloudwatch", "otlp", "remoteWrite", "firehose", "influx"]
    LINE_KINDS = {"statsd": ["statsd"], "emf": ["emf-tcp", "emf-udp"], "graphite": ["graphite-tcp"]}

    def __init__(self, program, folder, listen=None, sources=(), sockets=()):
        """`listen` is what meridian.yaml says; without it, every kind listens and asks for nothing.

        `sources` are as they are written; `sockets` are more of them, by name, with ports to be found.
        """
        self.program, self.folder = program, folder
        arguments = [program, "serve", "--log-level", "info"]
        self.kinds = list(listen) if listen else self.KINDS
        self.sockets = [name for name, _ in sockets]
        if not listen:
            for kind in self.KINDS + list(self.LINE_KINDS):
                arguments += ["--listen", f"{kind}=127.0.0.1:0"]
            self.sockets += [name for names in self.LINE_KINDS.values() for name in names]
        sources = list(sources) + [address for _, address in sockets]
        alarms = {
            "AlarmName": "orders-lag", "Namespace": "Clients", "MetricName": "Lag", "Statistic": "Maximum",
            "Period": 60, "EvaluationPeriods": 1, "Threshold": 5.0, "ComparisonOperator": "GreaterThanThreshold",
            "Region": REGION,
        }
        configuration = os.path.join(folder, "meridian.yaml")
        composite = {
            "AlarmName": "orders-down", "AlarmRule": "ALARM(orders-lag) OR ALARM(drill)", "Region": REGION,
            "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:page"],
        }
        alarms["Tags"] = [{"Key": "severity", "Value": "critical"}]
        drill = dict(alarms, AlarmName="drill", MetricName="Nothing")
        with open(configuration, "w") as file:
            json.dump(
                {"MetricAlarms": [alarms, drill], "CompositeAlarms": [composite], "listen": listen or {},
                 "sources": list(sources)}, file)
        arguments += ["--config", configuration]
        self.errors = open(os.path.join(folder, "errors"), "w+")
        self.output = open(os.path.join(folder, "output"), "w+")
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.errors)
        self.ports = wait_for("the addresses", self.find_ports)

    def find_ports(self):
        if self.process.poll() is not None:
            raise SystemExit(f"meridian ended: {self.log()}")
        found = dict(re.findall(r"listening for (\w+) on 127.0.0.1:(\d+)", self.log()))
        lines = re.findall(r"listening on \w+://127.0.0.1:(\d+)", self.log())
        if len(found) < len(self.kinds) or len(lines) < len(self.sockets):
            return None
        return found | {name: int(port) for name, port in zip(self.sockets, lines)}

    def log(self):
        with open(self.errors.name) as file:
            return file.read()

    def counters(self):
        """`/metrics` of meridian: the value of each line by what stands before it."""
        kind = "influx" if "influx" in self.ports else "metrics"
        with urllib.request.urlopen(self.url(kind, "/metrics"), timeout=10) as reply:
            lines = reply.read().decode().splitlines()
        pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
        return {name: float(value) for name, value in pairs}

    def url(self, kind, path=""):
        return f"http://127.0.0.1:{self.ports[kind]}{path}"

    def stop(self):
        """Asks it to end; what it says at its end is in the log."""
        self.process.terminate()
        self.process.wait(DEADLINE_SECONDS)


def wait_for(what, condition):
    """Waits for a condition that can be observed, with a deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


def cloudwatch(server, protocols=None, secret="secret"):
    session = boto3.Session(
        aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key=secret, region_name=REGION)
    if protocols:
        botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = protocols
    return session.client(
        "cloudwatch", endpoint_url=server.url("cloudwatch"),
        config=botocore.config.Config(retries={"max_attempts": 1, "mode": "standard"}))


def minute(ago=2):
    now = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
    return now - datetime.timedelta(minutes=ago)


def read_back(client, name, dimensions, statistics=("Sum", "SampleCount", "Minimum", "Maximum")):
    """The one datapoint of a metric."""

    def points():
        return client.get_metric_statistics(
            Namespace="Clients", MetricName=name, Dimensions=dimensions, StartTime=minute(60),
            EndTime=minute(-60), Period=3600 * 4, Statistics=list(statistics))["Datapoints"]

    found = wait_for(f"a datapoint of {name}", points)
    return [found[0][statistic] for statistic in statistics]


def all_metrics(server):
    pages = cloudwatch(server).get_paginator("list_metrics").paginate()
    return [metric for page in pages for metric in page["Metrics"]]


def metric_named(server, name):
    def find():
        return [metric for metric in all_metrics(server) if metric["MetricName"] == name]

    return wait_for(f"the metric {name}", find)[0]


def latest(server, name, statistic="Maximum"):
    metric = metric_named(server, name)

    def points():
        return cloudwatch(server).get_metric_statistics(
            Namespace=metric["Namespace"], MetricName=name, Dimensions=metric["Dimensions"],
            StartTime=minute(60), EndTime=minute(-60), Period=3600 * 4,
            Statistics=[statistic])["Datapoints"]

    return wait_for(f"a datapoint of {name}", points)[0][statistic]


