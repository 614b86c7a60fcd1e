"""Who is connected where, by connection: a late close of an old socket must not end the new one.

Nothing is stored. Presence is a fact of open sockets, so a crash heals itself.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

Topic = tuple[str, str]


@dataclass(eq=False)
class Connection:
    """One open socket. identities: whatever may end it, such as seat:ID, person:ID, session:HASH."""

    topic: Topic
    identity: str  # who it is
    identities: frozenset[str]
    close: Callable[[int, str], None]  # (final code, reason), returns at once


@dataclass
class Presence:
    """All open sockets of this process."""

    on_change: Callable[[Topic], None]
    here: dict[Topic, dict[str, set[Connection]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    endings: int = 0  # how often somebody lost a permission
    by_identity: dict[str, set[Connection]] = field(default_factory=lambda: defaultdict(set))

    def arrive(self, connection: Connection) -> None:
        """A socket opened."""
        people = self.here[connection.topic]
        is_new = connection.identity not in people
        people[connection.identity].add(connection)
        for identity in connection.identities:
            self.by_identity[identity].add(connection)
        if is_new:
            self.on_change(connection.topic)

    def leave(self, connection: Connection) -> None:
        """A socket closed; the person is gone with the last of theirs."""
        for identity in connection.identities:
            self.by_identity[identity].discard(connection)
            if not self.by_identity[identity]:
                del self.by_identity[identity]
        people = self.here[connection.topic]
        people[connection.identity].discard(connection)
        if people[connection.identity]:
            return
        del people[connection.identity]
        if not people:
            del self.here[connection.topic]
        self.on_change(connection.topic)

    def who(self, topic: Topic) -> frozenset[str]:
        """The identities present at a topic."""
        return frozenset(self.here.get(topic, ()))

    def is_here(self, topic: Topic, identity: str) -> bool:
        """Whether this person has a socket open there."""
        return identity in self.here.get(topic, ())

    def end(self, identity: str, code: int, reason: str) -> None:
        """Close every socket of an identity (a person, seat, session or topic) for good."""
        self.endings += 1
        for connection in tuple(self.by_identity.get(identity, ())):
            connection.close(code, reason)
