"""`Metrics`: what `/metrics` says in the text form of Prometheus. It never holds a question, a name or an address.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Callable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from qa.server.traffic import Traffic
from qa.work_queues import WorkQueues

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT"})


class Metrics:
    """Counts what is told (`qa/observing.py`), and looks at queues and library when it is asked."""

    def __init__(self, queues: WorkQueues, traffic: Traffic, size: Callable[[], tuple[int, int]]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(_State(queues, traffic, size))
        self._requests = Counter(
            "bronvraag_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self._questions = Counter("bronvraag_questions", "Questions asked.", ["outcome"], registry=self._registry)
        self._durations = {
            "request": self._histogram("bronvraag_request_seconds", "Seconds a request took.", "route"),
            "question": self._histogram("bronvraag_question_seconds", "Seconds a question took, without waiting.", "outcome"),
            "stage": self._histogram("bronvraag_stage_seconds", "Seconds a stage of a question took.", "name"),
        }

    def text(self) -> bytes:
        """Return everything as text."""
        return generate_latest(self._registry)

    def hear(self, event: str, details: dict[str, Any]) -> None:
        """Count what is told."""
        if event == "request":
            method = details["method"] if details["method"] in _METHODS else "other"
            self._requests.labels(method, details["route"], details["status"]).inc()
        if event == "question":
            self._questions.labels(details["outcome"]).inc()
        if histogram := self._durations.get(event):
            histogram.labels(details[histogram._labelnames[0]]).observe(details["seconds"])

    def _histogram(self, name: str, says: str, label: str) -> Histogram:
        return Histogram(name, says, [label], registry=self._registry, buckets=_SECONDS)


class _State(Collector):
    """What can be looked at at any moment."""

    def __init__(self, queues: WorkQueues, traffic: Traffic, size: Callable[[], tuple[int, int]]) -> None:
        self._queues = queues
        self._traffic = traffic
        self._size = size

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics."""
        waiting = GaugeMetricFamily("bronvraag_queue_waiting", "Pieces of work that wait.", labels=["queue"])
        running = GaugeMetricFamily("bronvraag_queue_running", "Pieces of work that are being done.", labels=["queue"])
        turned_away = CounterMetricFamily(
            "bronvraag_queue_turned_away", "Pieces turned away, the queue being full.", labels=["queue"]
        )
        for queue in self._queues:
            waiting.add_metric([queue.name], queue.n_waiting)
            running.add_metric([queue.name], queue.n_running)
            turned_away.add_metric([queue.name], queue.n_turned_away)
        yield from (waiting, running, turned_away)
        yield GaugeMetricFamily("bronvraag_open_requests", "Requests that somebody waits for.", value=self._traffic.n_requests)
        yield GaugeMetricFamily("bronvraag_open_streams", "Streams to open pages.", value=self._traffic.n_streams)
        n_documents, n_passages = self._size()
        yield GaugeMetricFamily("bronvraag_library_documents", "Documents in the library.", value=n_documents)
        yield GaugeMetricFamily("bronvraag_library_passages", "Passages in the library.", value=n_passages)
