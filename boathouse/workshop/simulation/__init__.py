"""Simulated crews: people who join, draft, raise hands, drop out and come back, over real sockets.

A client program like any other: it knows the server only through the public contract. A coach practises
with it before the day (`boathouse rehearse`), and the load test drives it.
"""
