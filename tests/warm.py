"""What a server does once in its life, done once for all servers of a worker: they begin as copies."""

import gc

import boathouse.server  # noqa: F401, it imports everything
from boathouse.app import routes
from boathouse.core.web.pages import environment

for name in environment.list_templates():
    environment.get_template(name)
for route in routes():
    route.matches(
        {"type": "http", "method": "GET", "path": "/api/v1/nothing"}
    )  # included routes are read late
# Nothing here will ever be garbage, and what is not looked through is not copied either.
gc.collect()
gc.freeze()
