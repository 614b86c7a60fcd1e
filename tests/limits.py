"""How long something may take: strict in a soak, which runs alone; generous beside other work.

Seconds of the wall are promises of the product on a machine that does nothing else. With three workers on two
cores, and strangers on the same machine, they say as much about the neighbours; there only a fault that would
last for ever shall fail.
"""

_running_alone = False


def run_alone(alone: bool) -> None:
    """Called once, when pytest knows whether this is a soak."""
    global _running_alone
    _running_alone = alone


def within(promised: float, busy: float) -> float:
    """Seconds to allow: what is promised in a soak, `busy` in any other run."""
    return promised if _running_alone else busy
