"""What Prometheus is told."""

import time
from collections.abc import Iterable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from downloads2mqtt.relay.hub.feed import Feed
from downloads2mqtt.relay.services import Services

PREFIX = "downloads2mqtt_relay"
_LAG_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics(Collector):
    """One relay's, in a registry of its own."""

    def __init__(self, services: Services, feed: Feed) -> None:
        self._services, self._feed = services, feed
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self.loop_lag = Histogram(
            f"{PREFIX}_loop_lag_seconds",
            "How much later than asked for the event loop comes back.",
            buckets=_LAG_BUCKETS,
            registry=self._registry,
        )

    def routes(self) -> Iterable[web.RouteDef]:
        """What it serves."""
        return (web.get("/metrics", self._metrics),)

    def collect(self) -> Iterable[Metric]:
        """All but the histogram, as they are now."""
        yield from self._readers()
        yield from self._bus()
        yield from self._model()

    async def _metrics(self, request: web.Request) -> web.Response:
        await self._services.gate.admit_unlimited(request)
        headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        return web.Response(body=generate_latest(self._registry), headers=headers)

    def _readers(self) -> Iterable[Metric]:
        tally = self._services.hub.channels.tally
        transports = {"websocket": 0, "sse": 0, **self._services.connections.by_transport()}
        yield _gauges("readers", "Readers connected.", "transport", transports)
        yield _counter("frames", "Frames handed to connections.", tally.frames)
        yield _counter("sent_bytes", "Bytes handed to connections.", tally.bytes)
        yield _counter("conflated_frames", "Frames that slow readers got merged with others.", tally.conflated)
        yield _counter("dropped_events", "Events that slow readers never got, and were told so.", tally.dropped_events)
        yield _counter("slow_readers", "Readers let go because they took nothing.", tally.slow)
        resumes = {"ok": tally.resumed, "snapshot": tally.not_resumed}
        yield _counters("resumes", "Readers that came back, and what they got.", "result", resumes)
        yield _counters("requests", "Requests of readers.", "result", {"ok": 0, **tally.requests})

    def _bus(self) -> Iterable[Metric]:
        feed = self._feed
        yield _gauge("mqtt_connected", "Whether the broker is there.", self._services.hub.counts()["broker"])
        yield _counters("bad_messages", "Messages on the bus that make no sense.", "kind", feed.bad)
        if feed.said_at is not None:
            age = max(0.0, time.time() - feed.said_at)
            yield _gauge("mqtt_age_seconds", "Seconds since a bridge last said anything that it dates.", age)
        if feed.lag is not None:
            yield _gauge("mqtt_lag_seconds", "From the bridge's clock to here, of the newest that came.", feed.lag)

    def _model(self) -> Iterable[Metric]:
        names = ("bridges", "bridges_online", "clients", "clients_available", "downloads")
        counts = self._services.hub.counts()
        for name in names:
            yield _gauge(name, f"{name.replace('_', ' ').capitalize()}, as readers see them.", counts[name])


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", text, value)


def _gauges(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    return _with_each(GaugeMetricFamily(f"{PREFIX}_{name}", text, labels=[label]), values)


def _counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(f"{PREFIX}_{name}", text, value)


def _counters(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    return _with_each(CounterMetricFamily(f"{PREFIX}_{name}", text, labels=[label]), values)


def _with_each(family: GaugeMetricFamily | CounterMetricFamily, values: dict[str, int]) -> Metric:
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
