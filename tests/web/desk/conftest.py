"""An agent with a caller on the line, and the pages as they see them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from store import Store
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.codes.line import Line
from tests.codes.picking import Chance, issue_in_call, wraps
from tests.stories.desk import AgentAtDesk
from tests.web.people import Person, Staff, signed_in


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    """Two people are known."""
    return Counter(store, clock).introduce_two()


@pytest.fixture
def line(counter: Counter) -> Line:
    return Line(counter)


@pytest.fixture
def anna(desk_client: FlaskClient, agent: Person) -> AgentAtDesk:
    """The agent, with no page open yet."""
    return AgentAtDesk(agent, None, desk_client)


@pytest.fixture
def boris(app: Flask, store: Store, staff: Staff) -> AgentAtDesk:
    """Another agent."""
    person = staff("agent", name="Boris")
    return AgentAtDesk(person, None, signed_in(app, store, person))


@pytest.fixture
def call(line: Line, anna: AgentAtDesk) -> str:
    """Ann has called and speaks with Anna, whose page of the call is open; the call's id."""
    sid = line.talk(ANN, anna.person.id)
    anna.opens(f"/desk/calls/{sid}")
    return sid


@pytest.fixture
def proved(call: str, anna: AgentAtDesk) -> str:
    """As `call`, and Ann said the end of her document."""
    anna.sends("/tail", tail_tail="2506")
    return call


@pytest.fixture
def boss(app: Flask, store: Store, staff: Staff) -> AgentAtDesk:
    """Zoya, a supervisor."""
    person = staff("supervisor", name="Zoya")
    return AgentAtDesk(person, None, signed_in(app, store, person))


@pytest.fixture
def picked(line: Line, anna: AgentAtDesk, store: Store) -> str:
    """A call in which Anna issued a pass, picked; no recording is here yet."""
    store.random = Chance()
    sid = line.talk(ANN, anna.person.id)
    anna.opens(f"/desk/calls/{sid}").sends("/tail", tail_tail="2506")
    issue_in_call(line, sid, anna.person.id)
    line.counter.clock.pass_by(minutes=3)
    line.ends(sid)
    wraps(line, sid, anna.person.id)
    return sid
