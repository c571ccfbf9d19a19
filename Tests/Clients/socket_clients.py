"""Clients that write lines and datagrams to meridian's sockets."""

import os
import subprocess
import sys
import tempfile

from meridian_server import REGION, Server, cloudwatch, metric_named, minute, wait_for

STATISTICS = ("Sum", "SampleCount", "Minimum", "Maximum")


def numbers(server, name, count=1, statistics=STATISTICS):
    """The statistics of a metric once all its samples are there, and its dimensions."""
    metric = metric_named(server, name)

    def whole():
        points = cloudwatch(server).get_metric_statistics(
            Namespace=metric["Namespace"], MetricName=name, Dimensions=metric["Dimensions"],
            StartTime=minute(60), EndTime=minute(-60), Period=3600 * 4, Statistics=list(STATISTICS))["Datapoints"]
        return points and points[0]["SampleCount"] >= count and points[0]

    point = wait_for(f"{count} samples of {name}", whole)
    dimensions = {pair["Name"]: pair["Value"] for pair in metric["Dimensions"]}
    return [point[statistic] for statistic in statistics], dimensions


def expect(server, table):
    """Rows of a name, its statistics (sum, count, minimum, maximum) and its dimensions."""
    for name, *wanted, dimensions in table:
        found = numbers(server, name, wanted[1])
        assert found == (wanted, dimensions), f"{name}: {found}"


def statsd_udp(server):
    import statsd

    client = statsd.StatsClient("127.0.0.1", server.ports["statsd"], prefix="orders")
    client.incr("requests")
    client.incr("requests", 3)
    client.gauge("lag", 7.5)
    client.gauge("lag", 2, delta=True)
    client.timing("latency", 12.5)
    with client.pipeline() as pipe:
        pipe.incr("piped", 5)
        pipe.decr("piped", 1)
    expect(server, [
        ("orders.requests", 4.0, 2.0, 1.0, 3.0, {}), ("orders.lag", 17.0, 2.0, 7.5, 9.5, {}),
        ("orders.latency", 12.5, 1.0, 12.5, 12.5, {}), ("orders.piped", 4.0, 2.0, -1.0, 5.0, {}),
    ])


def statsd_tcp(server):
    import statsd

    client = statsd.TCPStatsClient("127.0.0.1", server.ports["statsd-tcp"], prefix="tcp")
    client.incr("requests", 6)
    client.gauge("lag", -5)
    client.close()
    expect(server, [("tcp.requests", 6.0, 1.0, 6.0, 6.0, {}), ("tcp.lag", -5.0, 1.0, -5.0, -5.0, {})])


def datadog_udp(server):
    from datadog.dogstatsd import DogStatsd

    source = f'{{source="udp://127.0.0.1:{server.ports["statsd"]}"}}'
    before = server.counters()[f"meridian_stored_records_total{source}"]
    client = DogStatsd(
        host="127.0.0.1", port=server.ports["statsd"], disable_telemetry=True, disable_buffering=True,
        constant_tags=[f"region:{REGION}"])
    client.increment("dog.requests", tags=["az:a"])
    client.histogram("dog.size", 3.25)
    client.distribution("dog.latency", 4)
    client.gauge_with_timestamp("dog.old", 2, int(minute().timestamp()))
    client.event("Failover", "promoted\neu-west-1|x", alert_type="warning")
    client.service_check("dog.database", 1, message="slow|ly")
    expect(server, [
        ("dog.requests", 1.0, 1.0, 1.0, 1.0, {"az": "a"}), ("dog.size", 3.25, 1.0, 3.25, 3.25, {}),
        ("dog.latency", 4.0, 1.0, 4.0, 4.0, {}), ("dog.old", 2.0, 1.0, 2.0, 2.0, {}),
        ("dog.database", 1.0, 1.0, 1.0, 1.0, {}),
    ])
    # Five samples, and two events: the event itself, and the service check's.
    after = server.counters()
    assert after[f"meridian_stored_records_total{source}"] == before + 7, after
    assert after[f"meridian_rejected_records_total{source}"] == 0, after


def datadog_unix(scheme, path):
    def client(server):
        from datadog.dogstatsd import DogStatsd

        name = f"dog.{scheme}"
        client = DogStatsd(
            socket_path=f"{scheme}://{server.folder}/{path}", disable_telemetry=True, disable_buffering=True)
        client.increment(f"{name}.requests", 2, tags=["az:b"])
        client.gauge(f"{name}.lag", 1.25)
        expect(server, [
            (f"{name}.requests", 2.0, 1.0, 2.0, 2.0, {"az": "b"}), (f"{name}.lag", 1.25, 1.0, 1.25, 1.25, {})])
        assert os.stat(f"{server.folder}/{path}").st_mode & 0o777 == 0o600

    client.__name__ = f"datadog_{scheme}"
    return client


def graphyte(transport):
    def client(server):
        import graphyte

        name = f"eu.{transport}.lag"
        sender = graphyte.Sender(
            "127.0.0.1", port=server.ports[f"graphite-{transport}"], prefix="eu", protocol=transport)
        now = int(minute().timestamp())
        sender.send(f"{transport}.lag", 1.5, timestamp=now)
        sender.send(f"{transport}.lag", 2.5, timestamp=now + 60)
        sender.send(f"{transport}.tagged", 3, timestamp=now, tags={"region": REGION, "host": "a"})
        expect(server, [
            (name, 4.0, 2.0, 1.5, 2.5, {}), (f"eu.{transport}.tagged", 3.0, 1.0, 3.0, 3.0, {"host": "a"})])

    client.__name__ = f"graphyte_{transport}"
    return client


EMBEDDED = """
import sys
import tempfile
from aws_embedded_metrics import metric_scope
@metric_scope
def work(metrics):
    metrics.set_namespace('Clients')
    metrics.set_dimensions({'Cluster': 'orders'})
    metrics.put_metric(sys.argv[1], 1.5, 'Seconds')
    metrics.put_metric(sys.argv[1], 2.5, 'Seconds')
    metrics.set_property('requestId', 'r-1')
work()
"""


def embedded_metrics(way):
    """The library's own environments: an agent on TCP or UDP, and lines on standard output."""

    def client(server):
        environment = dict(os.environ, AWS_EMF_ENVIRONMENT="local" if way == "log" else "agent")
        environment["AWS_EMF_SERVICE_NAME"] = "orders"
        if way != "log":
            environment["AWS_EMF_AGENT_ENDPOINT"] = f"{way}://127.0.0.1:{server.ports[f'emf-{way}']}"
        name = f"Embedded-{way}"
        with open(f"{server.folder}/emf.log", "a") as log:
            subprocess.run([sys.executable, "-c", EMBEDDED, name], check=True, env=environment, stdout=log)
        expect(server, [(name, 4.0, 2.0, 1.5, 2.5, {"Cluster": "orders"})])
        assert metric_named(server, name)["Namespace"] == "Clients"

    client.__name__ = f"embedded_metrics_{way}"
    return client


def influx_lines(server):
    """Lines as influxdb-client writes them, by UDP as Telegraf's and InfluxDB's listeners take them."""
    import socket

    from influxdb_client import Point

    point = Point("wal").tag("region", REGION).tag("host", "a").field("lag", 4.5).field("count", 3)
    point.field("text", 'q"u').time(int(minute().timestamp()) * 1_000_000_000, "ns")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(point.to_line_protocol().encode(), ("127.0.0.1", server.ports["lines"]))
    expect(server, [
        ("wal_lag", 4.5, 1.0, 4.5, 4.5, {"host": "a"}), ("wal_count", 3.0, 1.0, 3.0, 3.0, {"host": "a"})])


def counters_in_every_place(outer):
    """Received, stored, rejected, dropped and late of a source: the same at /metrics and in the log."""
    import socket

    with tempfile.TemporaryDirectory() as folder:
        server = Server(
            outer.program, folder, {"metrics": "127.0.0.1:0"}, sockets=[("graphite", "tcp://127.0.0.1:0?format=graphite")])
        try:
            name = f"tcp://127.0.0.1:{server.ports['graphite']}"
            for line in ("a 1 1795424460\n", "a 2 1795424400\nb 1 1795424400\nnone\n"):
                with socket.create_connection(("127.0.0.1", server.ports["graphite"])) as sender:
                    sender.sendall(line.encode())
                stored = f'meridian_stored_records_total{{source="{name}"}}'
                wanted = 1 if line.startswith("a 1") else 3
                wait_for("the lines", lambda: server.counters()[stored] == wanted)
            counters = server.counters()
        finally:
            server.stop()
        found = [int(counters[f'meridian_{kind}_records_total{{source="{name}"}}'])
                 for kind in ("received", "stored", "rejected", "dropped", "late")]
        assert found == [4, 3, 1, 0, 1], found
        sentence = f"{name}: received 4, stored 3, rejected 1, dropped 0, late 1"
        assert server.log().splitlines()[-1] == f"meridian: {sentence}", server.log()


def sockets(folder):
    """The sockets that have no kind under `listen:`, by name."""
    return [
        ("statsd-tcp", "tcp://127.0.0.1:0?format=statsd"),
        ("graphite-udp", "udp://127.0.0.1:0?format=graphite"),
        ("lines", "udp://127.0.0.1:0"),
    ]


def sources(folder):
    open(f"{folder}/emf.log", "w").close()
    return [
        f"{folder}/emf.log?format=emf",
        f"unix://{folder}/datagrams.sock?type=datagram&format=statsd", f"unix://{folder}/stream.sock?format=statsd",
    ]


SOCKET_CLIENTS = [
    statsd_udp, statsd_tcp, datadog_udp, datadog_unix("unixgram", "datagrams.sock"),
    datadog_unix("unixstream", "stream.sock"), graphyte("tcp"), graphyte("udp"), embedded_metrics("tcp"),
    embedded_metrics("udp"), embedded_metrics("log"), influx_lines, counters_in_every_place,
]
