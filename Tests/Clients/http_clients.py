"""Clients that write to meridian by HTTP."""

import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import botocore.exceptions
import botocore.utils

from meridian_server import (
    DEADLINE_SECONDS, REGION, Server, all_metrics, cloudwatch, latest, metric_named, minute, read_back, wait_for)


def boto3_json(server):
    client = cloudwatch(server)
    dimensions = [{"Name": "Cluster", "Value": "orders"}]
    client.put_metric_data(Namespace="Clients", MetricData=[
        {"MetricName": "Json", "Dimensions": dimensions, "Timestamp": minute(), "Value": 1.5, "Unit": "Seconds"},
        {"MetricName": "Json", "Dimensions": dimensions, "Timestamp": minute(), "Values": [2.0, 4.0],
         "Counts": [2.0, 1.0], "Unit": "Seconds"},
        {"MetricName": "Json", "Dimensions": dimensions, "Timestamp": minute(), "Unit": "Seconds",
         "StatisticValues": {"SampleCount": 2, "Sum": 10, "Minimum": 4, "Maximum": 6}},
    ])
    assert read_back(client, "Json", dimensions) == [19.5, 6.0, 1.5, 6.0]
    listed = client.list_metrics(Namespace="Clients", MetricName="Json")["Metrics"]
    assert listed == [{"Namespace": "Clients", "MetricName": "Json", "Dimensions": dimensions}], listed


def boto3_gzip(server):
    client = cloudwatch(server)
    client.put_metric_data(Namespace="Clients", MetricData=[
        {"MetricName": "Gzip", "Timestamp": minute(), "Value": float(value)} for value in range(1000)])
    assert read_back(client, "Gzip", []) == [499500.0, 1000.0, 0.0, 999.0]


def boto3_cbor(server):
    usual = botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
    try:
        client = cloudwatch(server, ("smithy-rpc-v2-cbor", "json", "query"))
        client.put_metric_data(
            Namespace="Clients", MetricData=[{"MetricName": "Cbor", "Timestamp": minute(), "Value": 7.25}])
        assert read_back(client, "Cbor", []) == [7.25, 1.0, 7.25, 7.25]
    finally:
        botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = usual


def boto3_query(server):
    usual = botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
    try:
        client = cloudwatch(server, ("query",))
        client.put_metric_data(
            Namespace="Clients", MetricData=[{"MetricName": "Query", "Timestamp": minute(), "Value": 8.5}])
        assert read_back(client, "Query", []) == [8.5, 1.0, 8.5, 8.5]
    finally:
        botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = usual


def boto3_errors(server):
    client = cloudwatch(server)
    try:
        client.put_metric_data(Namespace="Clients", MetricData=[
            {"MetricName": "Bad", "Value": 1.0, "Values": [1.0]}])
    except client.exceptions.InvalidParameterCombinationException as error:
        assert error.response["Error"]["Code"] == "InvalidParameterCombination", error.response
    else:
        raise AssertionError("Value with Values was taken")


def boto3_alarms(server):
    client = cloudwatch(server)
    client.put_metric_data(
        Namespace="Clients", MetricData=[{"MetricName": "Lag", "Timestamp": minute(), "Value": 9.0}])

    def in_alarm():
        alarms = client.describe_alarms(AlarmNames=["orders-lag"])["MetricAlarms"]
        return alarms and alarms[0]["StateValue"] == "ALARM" and alarms[0]

    alarm = wait_for("the alarm", in_alarm)
    assert alarm["StateReason"].startswith("Threshold Crossed: 1 datapoint [9.0 ("), alarm["StateReason"]
    history = client.describe_alarm_history(AlarmName="orders-lag")["AlarmHistoryItems"]
    assert history[0]["HistorySummary"] == "Alarm updated from INSUFFICIENT_DATA to ALARM", history
    told = [json.loads(line) for line in open(server.output.name) if line.strip()]
    assert any(line["type"] == "alarm" and line["to"] == "ALARM" for line in told), told


PROTOCOLS = {"json": None, "cbor": ("smithy-rpc-v2-cbor", "json", "query"), "query": ("query",)}


def in_each_protocol(server, check):
    usual = botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
    for name, order in PROTOCOLS.items():
        try:
            check(cloudwatch(server, order), name)
        finally:
            botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = usual


def lag_queries(name):
    metric = {"Namespace": "Clients", "MetricName": name, "Dimensions": [{"Name": "Cluster", "Value": "a"}]}
    return [
        {"Id": "lag", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Maximum"}},
        {"Id": "twice", "Expression": "lag * 2", "Label": "double"},
    ]


def boto3_metric_data(server):
    def check(client, protocol):
        name = f"Data-{protocol}"
        client.put_metric_data(Namespace="Clients", MetricData=[
            {"MetricName": name, "Dimensions": [{"Name": "Cluster", "Value": "a"}], "Timestamp": minute(10 - ago),
             "Value": float(ago)} for ago in range(5)])
        request = dict(MetricDataQueries=lag_queries(name), StartTime=minute(11), EndTime=minute(1))

        def values():
            results = client.get_metric_data(**request)["MetricDataResults"]
            return {result["Id"]: result["Values"] for result in results if result["Values"]}

        whole = wait_for(f"the data of {name}", lambda: len(values().get("lag", [])) == 5 and values())
        assert whole == {"lag": [4.0, 3.0, 2.0, 1.0, 0.0], "twice": [8.0, 6.0, 4.0, 2.0, 0.0]}, whole
        pages = list(client.get_paginator("get_metric_data").paginate(
            **request, ScanBy="TimestampAscending", PaginationConfig={"PageSize": 3}))
        assert len(pages) == 4, pages
        codes = [result["StatusCode"] for page in pages for result in page["MetricDataResults"]]
        assert codes == ["PartialData", "Complete", "PartialData", "PartialData", "Complete"], codes
        found = [value for page in pages for result in page["MetricDataResults"]
                 if result["Id"] == "twice" for value in result["Values"]]
        assert found == [0.0, 2.0, 4.0, 6.0, 8.0], found
        assert pages[0]["MetricDataResults"][0]["Timestamps"][0] == minute(10)
        labelled = dict(lag_queries(name)[0], Label="[${MIN} to ${MAX}, last at ${LAST_TIME}] ${PROP('Dim.Cluster')}")
        label = client.get_metric_data(**dict(
            request, MetricDataQueries=[labelled], LabelOptions={"Timezone": "+0130"}))["MetricDataResults"][0]["Label"]
        last = minute(6).astimezone(datetime.timezone(datetime.timedelta(minutes=90))).isoformat()
        assert label == f"[0 to 4, last at {last}] a", label
        try:
            client.get_metric_data(**dict(request, EndTime=minute(11)))
        except botocore.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == "ValidationError", error.response
        else:
            raise AssertionError("an empty range was taken")

    in_each_protocol(server, check)


def boto3_alarm_operations(server):
    def check(client, protocol):
        for state in ("ALARM", "OK"):
            client.set_alarm_state(AlarmName="drill", StateValue=state, StateReason=f"a drill by {protocol}")
            drill = client.describe_alarms(AlarmNames=["drill"])["MetricAlarms"][0]
            assert (drill["StateValue"], drill["StateReason"]) == (state, f"a drill by {protocol}"), drill
        both = client.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"], AlarmNamePrefix="orders")
        assert [alarm["AlarmName"] for alarm in both["MetricAlarms"]] == ["orders-lag"], both
        assert both["CompositeAlarms"][0]["AlarmRule"] == "ALARM(orders-lag) OR ALARM(drill)", both
        children = client.describe_alarms(ChildrenOfAlarmName="orders-down")["MetricAlarms"]
        assert [alarm["AlarmName"] for alarm in children] == ["drill", "orders-lag"], children
        parents = client.describe_alarms(ParentsOfAlarmName="drill")["CompositeAlarms"]
        assert [alarm["AlarmName"] for alarm in parents] == ["orders-down"], parents
        watching = client.describe_alarms_for_metric(Namespace="Clients", MetricName="Nothing", Statistic="Maximum")
        assert [alarm["AlarmName"] for alarm in watching["MetricAlarms"]] == ["drill"], watching
        pages = client.get_paginator("describe_alarm_history").paginate(
            AlarmName="drill", ScanBy="TimestampAscending", PaginationConfig={"PageSize": 1})
        summaries = [item["HistorySummary"] for page in pages for item in page["AlarmHistoryItems"]]
        assert summaries[0] == "Alarm updated from INSUFFICIENT_DATA to ALARM", summaries
        assert summaries[-1] == "Alarm updated from ALARM to OK", summaries
        actions = client.describe_alarm_history(
            AlarmTypes=["CompositeAlarm"], HistoryItemType="Action")["AlarmHistoryItems"]
        assert actions and "arn:aws:sns:eu-west-1:111122223333:page" in actions[0]["HistorySummary"], actions
        tags = client.list_tags_for_resource(ResourceARN=children[1]["AlarmArn"])["Tags"]
        assert tags == [{"Key": "severity", "Value": "critical"}], tags
        assert client.list_dashboards()["DashboardEntries"] == []
        try:
            client.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="x")
        except client.exceptions.ResourceNotFound as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error.response
        else:
            raise AssertionError("an alarm that is not there was set")

    in_each_protocol(server, check)


def boto3_listing(server):
    client = cloudwatch(server)
    names = [f"m{1000 + number}" for number in range(1200)]
    for start in range(0, len(names), 600):
        client.put_metric_data(Namespace="Paged", MetricData=[
            {"MetricName": name, "Value": 1.0} for name in names[start:start + 600]])

    def listed():
        pages = list(client.get_paginator("list_metrics").paginate(Namespace="Paged"))
        found = [metric["MetricName"] for page in pages for metric in page["Metrics"]]
        return len(found) == len(names) and (len(pages), found)

    assert wait_for("all metrics", listed) == (3, names)


def aws_cli(server):
    environment = dict(
        os.environ, AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="secret", AWS_DEFAULT_REGION=REGION)
    base = [sys.executable, "-m", "awscli", "cloudwatch"]
    url = ["--endpoint-url", server.url("cloudwatch")]
    subprocess.run(
        base + ["put-metric-data", "--namespace", "Clients", "--metric-name", "Cli", "--value", "3.5"] + url,
        check=True, env=environment)
    assert read_back(cloudwatch(server), "Cli", []) == [3.5, 1.0, 3.5, 3.5]
    output = subprocess.run(
        base + ["list-metrics", "--namespace", "Clients", "--metric-name", "Cli"] + url, check=True,
        env=environment, capture_output=True, text=True).stdout
    assert json.loads(output)["Metrics"][0]["MetricName"] == "Cli", output

    def answer(*arguments):
        return json.loads(subprocess.run(
            base + list(arguments) + url, check=True, env=environment, capture_output=True, text=True).stdout or "null")

    queries = [{"Id": "m", "MetricStat": {
        "Metric": {"Namespace": "Clients", "MetricName": "Cli"}, "Period": 3600, "Stat": "Sum"}}]
    data = answer("get-metric-data", "--metric-data-queries", json.dumps(queries), "--start-time",
                  minute(120).isoformat(), "--end-time", minute(-60).isoformat())
    assert data["MetricDataResults"][0]["Values"] == [3.5], data
    answer("set-alarm-state", "--alarm-name", "drill", "--state-value", "ALARM", "--state-reason", "the CLI")
    described = answer("describe-alarms", "--alarm-types", "CompositeAlarm", "MetricAlarm")
    states = {alarm["AlarmName"]: alarm["StateValue"]
              for kind in ("MetricAlarms", "CompositeAlarms") for alarm in described[kind]}
    assert states["drill"] == "ALARM" and states["orders-down"] == "ALARM", states
    history = answer("describe-alarm-history", "--alarm-name", "drill", "--max-items", "1")
    assert history["AlarmHistoryItems"][0]["HistorySummary"].endswith("to ALARM"), history


def otlp_http(server):
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import Resource

    exporter = OTLPMetricExporter(endpoint=server.url("otlp", "/v1/metrics"))
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    provider = MeterProvider(
        metric_readers=[reader], resource=Resource.create({"cloud.region": REGION, "service.name": "orders"}))
    provider.get_meter("clients").create_gauge("replica.lag", unit="s").set(2.5)
    assert provider.force_flush()
    provider.shutdown()
    assert latest(server, "replica.lag") == 2.5


def influx_client(server):
    from influxdb_client import InfluxDBClient
    from influxdb_client.client.write_api import SYNCHRONOUS

    with InfluxDBClient(url=server.url("influx"), token="none", org="none") as client:
        line = f"replica,region={REGION} lag=4.5 {int(minute().timestamp())}000000000"
        client.write_api(write_options=SYNCHRONOUS).write(bucket="none", record=line)
    names = wait_for("the influx metric", lambda: [
        metric["MetricName"] for metric in all_metrics(server) if "replica" in metric["MetricName"]
        and metric["MetricName"] != "replica.lag"])
    assert latest(server, names[0]) == 4.5, names


def firehose(server):
    import base64

    line = {
        "metric_stream_name": "ha", "account_id": "111122223333", "region": REGION, "namespace": "Clients",
        "metric_name": "Stream", "dimensions": {}, "timestamp": int(minute().timestamp()) * 1000,
        "value": {"count": 6.0, "sum": 240.0, "max": 52.0, "min": 35.0}, "unit": "Percent",
    }
    body = {
        "requestId": "r-1", "timestamp": 1,
        "records": [{"data": base64.b64encode((json.dumps(line) + "\n").encode()).decode()}],
    }
    for _ in range(2):  # Delivered again, it counts once.
        request = urllib.request.Request(
            server.url("firehose"), data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Amz-Firehose-Request-Id": "r-1"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            assert json.load(reply)["requestId"] == "r-1"
    assert read_back(cloudwatch(server), "Stream", []) == [240.0, 6.0, 35.0, 52.0]


def scrape(program, page):
    """meridian scrapes Prometheus, whose page tells its own start time."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, folder, {"cloudwatch": "127.0.0.1:0"}, [page])
        try:
            assert latest(server, "up") == 1.0
            assert abs(latest(server, "process_start_time_seconds") - time.time()) < 600
            metric = metric_named(server, "up")
            assert metric["Dimensions"] == [{"Name": "instance", "Value": "127.0.0.1:19097"}], metric
        finally:
            server.stop()


def prometheus_remote_write(server):
    folder = tempfile.mkdtemp()
    target = urllib.parse.urlparse(server.url("remoteWrite")).port
    with open(os.path.join(folder, "prometheus.yml"), "w") as file:
        file.write(
            "global: {scrape_interval: 1s}\n"
            "scrape_configs: [{job_name: self, static_configs: [{targets: ['127.0.0.1:19097']}]},\n"
            f"  {{job_name: meridian, static_configs: [{{targets: ['127.0.0.1:{server.ports['otlp']}']}}]}}]\n"
            f"remote_write: [{{url: 'http://127.0.0.1:{target}/api/v1/write'}}]\n")
    prometheus = subprocess.Popen(
        ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
         "--web.listen-address=127.0.0.1:19097"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert latest(server, "up") == 1.0
        # Prometheus scrapes meridian, too, and tells it what it has counted.
        assert latest(server, "meridian_series") > 1200
        scrape(server.program, f"http://127.0.0.1:19097/metrics#interval=1s&region={REGION}")
        with urllib.request.urlopen(server.url("influx", "/metrics"), timeout=10) as reply:
            text = reply.read().decode()
        stored = re.findall(r'meridian_stored_records_total\{source="cloudwatch [^"]+"\} (\d+)', text)
        assert int(stored[0]) > 2200, text
    finally:
        prometheus.terminate()
        prometheus.wait(DEADLINE_SECONDS)


def signatures_and_tokens(outer):
    """Keys and tokens, as they are configured; a wrong one is refused."""
    from influxdb_client import InfluxDBClient
    from influxdb_client.client.write_api import SYNCHRONOUS
    from influxdb_client.rest import ApiException

    listen = {
        "cloudwatch": {"address": "127.0.0.1:0", "keys": {"AKIDEXAMPLE": "secret-of-orders"}},
        "influx": {"address": "127.0.0.1:0", "token": "token-of-orders"},
    }
    with tempfile.TemporaryDirectory() as folder:
        server = Server(outer.program, folder, listen)
        try:
            for order in PROTOCOLS.values():
                usual = botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
                try:
                    client = cloudwatch(server, order, "secret-of-orders")
                    client.put_metric_data(Namespace="Clients", MetricData=[
                        {"MetricName": "Signed", "Timestamp": minute(), "Value": float(value)}
                        for value in range(300)])  # Above 10 kB: gzip is signed, too.
                    client.list_metrics(Namespace="Clients")
                    try:
                        cloudwatch(server, order, "another").list_metrics()
                    except botocore.exceptions.ClientError as error:
                        assert error.response["Error"]["Code"] == "SignatureDoesNotMatch", error.response
                        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403, error.response
                    else:
                        raise AssertionError("a wrong secret was taken")
                finally:
                    botocore.utils.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = usual
            line = f"m f=1 {int(minute().timestamp())}000000000"
            for token, is_taken in (("token-of-orders", True), ("another", False)):
                with InfluxDBClient(url=server.url("influx"), token=token, org="none") as client:
                    try:
                        client.write_api(write_options=SYNCHRONOUS).write(bucket="none", record=line)
                    except ApiException as error:
                        assert error.status == 401 and not is_taken, error
                    else:
                        assert is_taken, "a wrong token was taken"
        finally:
            server.stop()


HTTP_CLIENTS = [
    boto3_json, boto3_gzip, boto3_cbor, boto3_query, boto3_errors, boto3_alarms,
    boto3_metric_data, boto3_alarm_operations, boto3_listing, aws_cli, otlp_http, influx_client, firehose,
    prometheus_remote_write, signatures_and_tokens,
]
