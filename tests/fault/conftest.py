"""Fault tests of sockets run on uvloop and the served app, as the live tests do."""

from tests.live.conftest import pytest_asyncio_loop_factories, rig

__all__ = ["pytest_asyncio_loop_factories", "rig"]
