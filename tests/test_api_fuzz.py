"""No input breaks the API: every operation of the document, with what it takes and what it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx2 as httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from boathouse.app import API
from boathouse.core.people import Role
from tests.serving import Server, serving
from tests.test_api import DOCUMENT

# What paths name: who makes one, where, and of what. The rest comes with a workshop that has begun.
MADE: dict[str, tuple[str, str, object]] = {
    "program_id": ("owner", "/programs", {"name": "Fuzz", "headcount": 70}),
    "unit_id": ("owner", "/programs/{program_id}/units", {"name": "Returns", "kind": "team"}),
    "holder_id": ("owner", "/programs/{program_id}/holders", {"duty": "executive_sponsor", "name": "Ida"}),
    "training_id": (
        *("owner", "/programs/{program_id}/trainings"),
        {"audience": "lead", "topics": ["check_ins"], "held_on": "2027-01-02"},
    ),
    "person_id": ("owner", "/programs/{program_id}/members", {"who": "viewer"}),
    "plan_id": ("owner", "/programs/{program_id}/plans", {}),
    "objective_id": ("participant", "/rooms/{room_id}/objectives", None),
    "key_result_id": ("participant", "/objectives/{objective_id}/key-results", {}),
    "todo_id": ("participant", "/rooms/{room_id}/todos", None),
    "comment_id": ("owner", "/rooms/{room_id}/comments", {"body": "?"}),
    "star_id": ("owner", "/rooms/{room_id}/stars", None),
    "invitee_id": ("owner", "/workshops/{workshop_id}/invitees", {"name": "Noor"}),
    "bank_entry_id": ("owner", "/workshops/{workshop_id}/bank", {"body": "?"}),
    "broadcast_id": ("owner", "/workshops/{workshop_id}/broadcasts", {"body": "?"}),
    "poll_id": ("owner", "/workshops/{workshop_id}/polls", {}),
    "question_id": ("owner", "/workshops/{workshop_id}/questions", {"body": "?"}),
}


@dataclass
class House:
    """A server, tokens of several roles, and workshops to break."""

    server: Server
    line: httpx.Client
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, who: str, method: str, path: str, body: object = None) -> Any:
        """A request that must work."""
        answer = self.line.request(method, f"{API}{path}", json=body, headers=self.headers(who))
        return answer.raise_for_status().json() if answer.status_code != 204 else None

    def headers(self, who: str) -> dict[str, str]:
        """Somebody's."""
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who in self.tokens else {}

    def furnish(self, method: str, path: str) -> dict[str, str]:
        """Ids of what this path names, as it names them, for nobody else to break."""
        if method.upper() == "GET":
            self.tokens["participant"] = self.everything["token"]
            return self.everything
        ids = self.begin()
        self.make(path, ids)
        return ids

    @cached_property
    def everything(self) -> dict[str, str]:
        """One of each, so that no list is empty. Looking changes nothing, so all looks share it."""
        ids = self.begin()
        self.make("".join(f"{{{name}}}" for name in MADE), ids)
        return ids

    def make(self, path: str, ids: dict[str, str]) -> None:
        """Add to the ids what the path names and what that needs."""
        for name in re.findall(r"{(\w+)}", path):
            if name not in ids:
                who, where, body = MADE[name]
                self.make(where, ids)
                made = self.call(who, "POST", where.format(**ids), body)
                ids[name] = made[name if name == "person_id" else "id"]

    def begin(self) -> dict[str, str]:
        """A workshop that runs, and a participant in its first room."""
        made = self.call("owner", "POST", "/workshops", {"title": "Fuzz", "rooms": 2})
        self.call("owner", "POST", f"/workshops/{made['id']}/start", {"use_recommended": True})
        joined = self.call("nobody", "POST", "/join", {"code": made["code"], "name": "Ana"})
        self.tokens["participant"] = joined["token"]
        of_seat = {
            "seat_id": joined["participant_id"],
            "room_id": joined["room_id"],
            "token": joined["token"],
        }
        return {"workshop_id": made["id"], "key": "cycle_months", **of_seat}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with an owner and a viewer; its log must stay without an error."""
    with serving(tmp_path_factory.mktemp("api")) as server, httpx.Client(base_url=server.address) as line:
        house = House(server, line)
        for role in ("owner", "viewer"):
            house.tokens[role] = server.token(role, Role(role))
        yield house
        log = server.log.read_text()
        assert "Traceback" not in log
        assert "error" not in log.lower()


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_no_input_breaks_an_operation(house: House, operation: Any, soak: bool):
    ids = house.furnish(operation.method, operation.path)
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if operation.body else good

    @hypothesis_settings(
        max_examples=200 if soak else 4,
        deadline=None,
        database=None,
        derandomize=not soak,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=st.one_of(good, bad),
        who=st.sampled_from(["owner", "participant", "viewer", "nobody"]),
        is_real=st.sampled_from([True, True, True, False]),
    )
    def fuzz(case: Any, who: str, is_real: bool) -> None:
        if is_real:
            case.path_parameters = {name: ids[name] for name in case.path_parameters or {}}
        answer = case.call(base_url=house.server.address, headers=house.headers(who))
        case.validate_response(answer, checks=CHECKS)

    fuzz()
