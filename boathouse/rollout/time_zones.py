"""Time zones by name, as the tz database has them."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator


@cache
def known_zones() -> frozenset[str]:
    """Every name; read from the disk once."""
    return frozenset(available_timezones())


@cache
def zones_to_live_in() -> list[str]:
    """Zones people live in, by name."""
    return sorted(zone for zone in known_zones() if "/" in zone and not zone.startswith("Etc/"))


def _known(name: str) -> str:
    if name not in known_zones():
        raise ValueError(f"There is no time zone {name}.")
    return name


TimeZone = Annotated[str, AfterValidator(_known)]
