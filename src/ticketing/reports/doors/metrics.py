"""The figures as Prometheus reads them: what this process did, and how the house stands.

They name nobody, but how the sale goes is the house's own: they are read on the machine itself, or
with a token made for nothing else, so that whoever watches can do no more than watch.
"""

from collections.abc import Iterator
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any

from litestar import Response, get
from litestar.handlers import BaseRouteHandler
from prometheus_client import CONTENT_TYPE_LATEST, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from ticketing.foundation.errors import Forbidden
from ticketing.reports.gauges import Figure, gauges
from ticketing.web.guards import Connection, demands
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages

Found = list[tuple[Figure, list[tuple[str, int]]]]


@demands("this machine, or the metrics token")
async def watches(connection: Connection, _handler: BaseRouteHandler) -> None:
    token = connection.app.state.settings.metrics_token
    given = connection.headers.get("authorization", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return
    if not is_here(connection):
        raise Forbidden()


def is_here(connection: Connection) -> bool:
    """Say whether the request began on this machine; what a proxy passed on did not."""
    if "x-forwarded-for" in connection.headers or "forwarded" in connection.headers:
        return False
    try:
        return ip_address(connection.client.host if connection.client else "").is_loopback
    except ValueError:
        return False


@get("/metrics")
async def metrics(request: Request) -> Response[bytes]:
    state = request.app.state
    now = request.now
    try:
        found = await request.desk.read(gauges, now)
    except Exception:  # the database is down: what the process knows matters the more
        found = []
    body = generate_latest(state.metrics.registry) + generate_latest(HouseGauges(found))
    return Response(body, media_type=CONTENT_TYPE_LATEST)


class HouseGauges(Collector):
    def __init__(self, found: Found) -> None:
        self.found = found

    @override
    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("ticketing_database_up", "Whether it answers.", bool(self.found))
        for figure, numbers in self.found:
            labels = [figure.label] if figure.label else []
            family = GaugeMetricFamily(f"ticketing_{figure.name}", figure.text, labels=labels)
            for label, number in numbers:
                family.add_metric([label] if labels else [], number)
            yield family


handlers: list[Any] = [metrics]


handlers = [staff_pages(watches, metrics)]
