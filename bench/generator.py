"""The load: one process that types as thousands of people and times what comes back.

Run by bench.documents, which gives it a plan on standard input and reads figures from standard output.
All clocks are this process's own, so a latency is from the write of a keystroke to the read at each peer.
"""

import gc
import json
import os
import random
import resource
import sys
import time
from array import array

from bench.load import Load, Plan, clock

SILENCE, LONGEST_DRAIN = 2.0, 60.0  # seconds


def usage(process: int) -> tuple[float, int]:
    """CPU seconds and resident bytes of a process and its children."""
    with open(f"/proc/{process}/stat") as stat:
        values = stat.read().rsplit(")", 1)[1].split()
    cpu = (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
    return cpu, int(values[21]) * resource.getpagesize()


def run(plan: Plan) -> dict[str, float]:
    """Connect, type, and report."""
    load = Load(plan)
    resident = usage(plan.server)[1]
    connecting = load.connect()
    wait_until(load, clock() + 1)
    per_socket = (usage(plan.server)[1] - resident) / len(load.everyone)
    load.prepare()
    gc.collect()
    gc.disable()
    sent = array("d", [0.0]) * (load.each * len(load.everyone))
    marks = type_all(load, sent)
    drain(load)
    return {"connecting_s": connecting, "bytes_per_socket": per_socket, **figures(load, sent, *marks)}


def wait_until(load: Load, moment: float) -> None:
    """Only listen."""
    while clock() < moment:
        load.listen(0.05)


def drain(load: Load) -> None:
    """Until nothing has come for a while."""
    began, counted = clock(), -1
    while clock() < began + LONGEST_DRAIN:
        wait_until(load, clock() + SILENCE)
        arrived = sum(len(client.seen) + client.stored for client in load.everyone)
        if arrived == counted:
            return
        counted = arrived


def type_all(load: Load, sent: array) -> list[tuple[float, float, float]]:
    """Everybody types at their rate. Returns (time, server's CPU, own CPU) when measuring begins and ends."""
    plan, step = load.plan, 1 / load.plan.rate
    due = [
        (random.random() * step + index * step, client, index)
        for client in load.everyone
        for index in range(load.each)
    ]
    due.sort(key=lambda key: key[0])
    marks: list[tuple[float, float, float]] = []
    began = clock() + 0.1
    for at, client, index in due:
        while (wait := began + at - clock()) > 0:
            load.listen(wait)
        if not marks and at >= plan.warmup:
            marks.append((clock(), usage(plan.server)[0], time.process_time()))
        sent[client.number * load.each + index] = clock()
        load.type(client, index)
        if index % 8 == 0:
            load.listen(0)
    marks.append((clock(), usage(plan.server)[0], time.process_time()))
    return marks


def figures(
    load: Load, sent: array, start: tuple[float, float, float], end: tuple[float, float, float]
) -> dict[str, float]:
    """What the measured seconds showed."""
    rooms: dict[str, int] = {}
    for client in load.everyone:
        rooms[client.room] = rooms.get(client.room, 0) + 1
    expected = sum(load.each * (rooms[client.room] - 1) for client in load.everyone)
    arrived = sum(len(set(client.seen)) for client in load.everyone)
    waits = [
        at - sent[key]
        for c in load.everyone
        for key, at in zip(c.seen, c.seen_at, strict=True)
        if start[0] <= sent[key] <= end[0]
    ]
    acks = [
        at - sent[c.number * load.each + key]
        for c in load.everyone
        for key, at in enumerate(c.stored_at)
        if start[0] <= sent[c.number * load.each + key] <= end[0]
    ]
    within = sum(start[0] <= at <= end[0] for c in load.everyone for at in c.seen_at)
    cpu = end[1] - start[1]
    return {
        "lost": expected - arrived,
        "unacknowledged": sum(load.each - c.stored for c in load.everyone),
        "lost_sockets": load.lost_sockets,
        "deliveries_per_s": within / (end[0] - start[0]),
        "cpu_us_per_delivery": cpu / within * 1e6 if within else 0,
        "server_cpu": cpu / (end[0] - start[0]),
        "generator_cpu": (end[2] - start[2]) / (end[0] - start[0]),
        **percentiles("key", waits),
        **percentiles("ack", acks),
    }


def percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    """In milliseconds."""
    ordered = sorted(seconds) or [0.0]
    return {
        f"{name}_p{share}_ms": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000
        for share in (50, 99)
    } | {f"{name}_max_ms": ordered[-1] * 1000}


if __name__ == "__main__":
    print(json.dumps(run(Plan(**json.load(sys.stdin)))))
