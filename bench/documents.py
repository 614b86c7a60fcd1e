"""Document sockets under load: Boathouse, Hocuspocus and a bare relay, in one run on one machine."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from bench.contestants import Contestant, boathouse, hocuspocus, relay
from bench.load import Plan

Start = Callable[..., AbstractContextManager[Contestant]]
CONTESTANTS: dict[str, Start] = {"boathouse": boathouse, "hocuspocus": hocuspocus, "relay": relay}
ROWS = {
    "keystroke to peer p50, ms": "key_p50_ms",
    "keystroke to peer p99, ms": "key_p99_ms",
    "keystroke to peer max, ms": "key_max_ms",
    "acknowledgement p50, ms": "ack_p50_ms",
    "acknowledgement p99, ms": "ack_p99_ms",
    "deliveries lost": "lost",
    "keystrokes not acknowledged": "unacknowledged",
    "sockets lost": "lost_sockets",
    "deliveries a second": "deliveries_per_s",
    "CPU a delivery, µs": "cpu_us_per_delivery",
    "server's core busy": "server_cpu",
    "generator's core busy": "generator_cpu",
    "memory a socket, KiB": "kib_per_socket",
    "connecting everybody, s": "connecting_s",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The size of the run."""
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=1.0, help="keystrokes a second and person")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--warmup", type=float, default=5)
    parser.add_argument("--only", choices=CONTESTANTS, help="one server alone")


def main(options: argparse.Namespace) -> None:
    """Run all and print the table."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    results = {}
    for number, (name, start) in enumerate(CONTESTANTS.items()):
        if options.only in (None, name):
            print(f"{name} ...", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory() as folder:
                results[name] = measure(start, Path(folder), 8700 + number, options)
    print(table(results))


def measure(start: Start, folder: Path, port: int, options: argparse.Namespace) -> dict[str, float]:
    """One server under load: it has core 0 for itself, the generator core 1."""
    with start(folder, port, options.rooms, options.people, "0") as server:
        plan = Plan(
            server.kind,
            port,
            server.places,
            options.rate,
            options.seconds,
            options.warmup,
            server.process.pid,
        )
        run = subprocess.run(
            ["taskset", "-c", "1", sys.executable, "-m", "bench.generator"],
            input=json.dumps(asdict(plan)),
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise SystemExit(run.stderr)
        found: dict[str, float] = json.loads(run.stdout)
        found["kib_per_socket"] = found["bytes_per_socket"] / 1024
        return found


def table(results: dict[str, dict[str, float]]) -> str:
    """Markdown, as docs/performance.md keeps it."""
    lines = [f"| | {' | '.join(results)} |", "| --- " * (len(results) + 1) + "|"]
    for label, key in ROWS.items():
        cells = " | ".join(f"{found[key]:.2f}" for found in results.values())
        lines.append(f"| {label} | {cells} |")
    ours = results.get("boathouse")
    for name, found in results.items():
        if ours and found is not ours and found["cpu_us_per_delivery"]:
            ratio = ours["cpu_us_per_delivery"] / found["cpu_us_per_delivery"]
            lines.append(f"\nCPU a delivery, Boathouse / {name}: {ratio:.2f}")
    return "\n".join(lines)
