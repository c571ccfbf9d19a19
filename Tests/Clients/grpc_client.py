"""The OTLP/gRPC exporter of PyPI against a build with the package trait `GRPC`.

Usage: python3 Tests/Clients/grpc_client.py PATH-OF-MERIDIAN
Needs boto3 and opentelemetry-exporter-otlp-proto-grpc.
"""

import sys
import tempfile

from meridian_server import REGION, Server, latest


def export(server, token, name, value, compression=None):
    from grpc import Compression
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import Resource

    exporter = OTLPMetricExporter(
        endpoint=f"http://127.0.0.1:{server.ports['otlpGRPC']}", insecure=True, timeout=10,
        headers=(("authorization", f"Bearer {token}"),),
        compression=Compression.Gzip if compression else Compression.NoCompression)
    exports = []
    inner = exporter.export
    exporter.export = lambda *arguments, **options: exports.append(inner(*arguments, **options)) or exports[-1]
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    provider = MeterProvider(
        metric_readers=[reader], resource=Resource.create({"cloud.region": REGION, "service.name": "orders"}))
    provider.get_meter("clients").create_gauge(name, unit="s").set(value)
    provider.force_flush()
    provider.shutdown()
    return exports[0].name


def main():
    with tempfile.TemporaryDirectory() as folder:
        listen = {
            "cloudwatch": "127.0.0.1:0", "otlpGRPC": {"address": "127.0.0.1:0", "token": "token-of-orders"}}
        server = Server(sys.argv[1], folder, listen)
        try:
            for name, value, compression in (("grpc.plain", 2.5, False), ("grpc.gzip", 3.5, True)):
                assert export(server, "token-of-orders", name, value, compression) == "SUCCESS"
                assert latest(server, name) == value, name
                print(f"ok      {name}")
            assert export(server, "another", "grpc.refused", 1) == "FAILURE"
            print("ok      a wrong token is refused")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
