"""A carrier without sockets in front of a fake service; and one listening on loopback for the real twilio client."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from twilio.rest import Client

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer

from .service import AGENT, SETTINGS, TOKEN, Answer, Asked, FakeService, client_for, twiml

# What the browser would sound and say aloud is written down at the page's root instead.
EARS = """
  const note = (name, words) => {
    const { dataset } = document.documentElement;
    dataset[name] = [dataset[name], words].filter(Boolean).join(" ");
  };
  OscillatorNode.prototype.start = function () { note("heard", Math.round(this.frequency.value)); };
  OscillatorNode.prototype.stop = () => {};
  speechSynthesis.speak = (words) => note("spoken", `${words.lang}: ${words.text}`);
"""

_WAIT = '<Say>You are number {0}</Say><Gather numDigits="1" timeout="9" action="/waiting"/>'


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def carrier(service: FakeService) -> Carrier:
    return Carrier(SETTINGS, wsgi_app=service.app(), hang_seconds=0.2)


@pytest.fixture
def phone(carrier: Carrier) -> Handset:
    return carrier.handset("+79990000001")


@pytest.fixture
def server(carrier: Carrier) -> Iterator[CarrierServer]:
    with CarrierServer(carrier) as running:
        yield running


@pytest.fixture
def client(server: CarrierServer) -> Client:
    return client_for(server, TOKEN)


@pytest.fixture
def page(browser: Browser, server: CarrierServer) -> Iterator[Page]:
    """The carrier's page; a test fails when something in it does."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    context.add_init_script(EARS)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(server.url)
    yield page
    context.close()
    assert not troubles


@pytest.fixture
def agent(carrier: Carrier) -> Handset:
    return carrier.handset(AGENT, "agent")


@pytest.fixture
def desk(service: FakeService) -> None:
    """Agents fetch from the queue, everybody else waits in it."""

    def voice(asked: Asked) -> Answer:
        if asked.form["From"].startswith("+7999000009") or asked.form["From"] == AGENT:
            return twiml(
                '<Dial action="/dialled" timeout="20"><Queue url="/told">help</Queue></Dial><Say>not reached</Say>'
            )
        return twiml('<Enqueue action="/queued" waitUrl="/wait">help</Enqueue><Say>after the queue</Say>')

    service.on("/telephony/voice", voice)
    service.on("/wait", lambda asked: twiml(_WAIT.format(asked.form["QueuePosition"])))
    service.on("/waiting", lambda asked: twiml("<Leave/>" if asked.form["Digits"] == "0" else "<Say>stay</Say>"))
    service.on("/told", lambda _: twiml("<Say>The call is recorded</Say>"))
    service.on("/queued", lambda asked: twiml(f"<Say>result {asked.form['QueueResult']}</Say>"))
    service.on("/dialled", lambda asked: twiml(f"<Say>dial {asked.form['DialCallStatus']}</Say>"))
