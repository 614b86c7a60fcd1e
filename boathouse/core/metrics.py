"""Figures of one application for operators, in Prometheus' format."""

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Metrics:
    """The process, its answers, and whatever is watched."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self.answers = Counter(
            "boathouse_requests_total",
            "Answers to HTTP requests",
            ["method", "status"],
            registry=self.registry,
        )

    def answered(self, method: str, status: int) -> None:
        """One more. A stranger may send any word as the method, and each would be kept."""
        self.answers.labels(method if method in METHODS else "other", str(status)).inc()

    def watch(self, name: str, meaning: str, tell: Callable[[], float]) -> None:
        """A figure that is asked for when somebody looks."""
        Gauge(name, meaning, registry=self.registry).set_function(tell)

    def text(self) -> bytes:
        """All figures as they are now."""
        return generate_latest(self.registry)
