"""Real clients write to `meridian serve` and read back what they wrote; the numbers must be equal.

Usage: python3 Tests/Clients/run.py PATH-OF-MERIDIAN [NAME...]
Needs boto3, awscli, opentelemetry-exporter-otlp-proto-http, influxdb-client, statsd, datadog, graphyte and
aws-embedded-metrics from PyPI, and Debian's prometheus. Prints a line per client, and
`N passed, N failed` at the end.
"""

import sys
import tempfile

from http_clients import HTTP_CLIENTS
from meridian_server import Server
from socket_clients import SOCKET_CLIENTS, sockets, sources


def main():
    program, names = sys.argv[1], sys.argv[2:]
    clients = [client for client in HTTP_CLIENTS + SOCKET_CLIENTS if not names or client.__name__ in names]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, folder, sources=sources(folder), sockets=sockets(folder))
        try:
            for client in clients:
                try:
                    client(server)
                    print(f"ok      {client.__name__}", flush=True)
                except Exception as error:  # Each client is told of; the others go on.
                    failed += 1
                    print(f"FAILED  {client.__name__}: {type(error).__name__}: {error}", flush=True)
        finally:
            server.stop()
    print(f"{len(clients) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
