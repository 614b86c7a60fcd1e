"""Figures for operators, in Prometheus' format at /metrics."""

from prometheus_client import Counter, Gauge

REQUESTS = Counter("boathouse_requests_total", "Answers to HTTP requests", ["method", "status"])
LIVE_SOCKETS = Gauge("boathouse_live_sockets", "Open live sockets of pages")
