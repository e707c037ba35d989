"""A tiny service that answers webhooks as it is told, and remembers what it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Request, Response, jsonify, request
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.voice.phoning import PhoneCall

TOKEN = "token-for-tests"
AGENT = "+79990000009"
SETTINGS = CarrierSettings(
    account_sid="AC" + "a" * 32, auth_tokens=(TOKEN, "older-token"), number="2590", public_url="https://pass.example"
)

Answer = Response | tuple[str, int] | str


@dataclass(frozen=True)
class Asked:
    """One webhook as it came in."""

    url: str
    form: dict[str, str]
    headers: dict[str, str]

    @classmethod
    def read(cls, incoming: Request) -> "Asked":
        return cls(
            incoming.host_url.rstrip("/") + incoming.environ["RAW_URI"], incoming.form.to_dict(), dict(incoming.headers)
        )


def twiml(body: str, **headers: str) -> Response:
    return Response(f"<Response>{body}</Response>", content_type="text/xml", headers=headers)


def silence(_: Asked) -> Answer:
    return twiml("")


def says(*texts: str) -> Response:
    return twiml("".join(f"<Message>{text}</Message>" for text in texts))


@dataclass
class FakeService:
    """``answers`` maps a path to what it answers; every other path answers an empty document."""

    answers: dict[str, Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    examples: list[dict[str, object]] = field(default_factory=list)

    def on(self, path: str, answer: Callable[[Asked], Answer]) -> None:
        self.answers[path] = answer

    def at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.url.partition("?")[0].endswith(path)]

    def app(self) -> Flask:
        app = Flask(__name__)

        @app.get("/telephony/examples.json")
        def examples() -> Response:
            return jsonify(regime="example", number="2590", examples=self.examples)

        @app.get("/telephony/gloss")
        def gloss() -> Response:
            return jsonify(gloss=f"gloss of {request.args['message']}")

        @app.route("/<path:path>", methods=["GET", "POST"])
        def webhook(path: str) -> Answer:
            asked = Asked.read(request)
            self.asked.append(asked)
            return self.answers.get("/" + path, silence)(asked)

        return app


def client_for(server: CarrierServer, token: str) -> Client:
    """The unmodified twilio client, pointed at a running carrier."""
    client = Client(SETTINGS.account_sid, token, http_client=TwilioHttpClient(timeout=5))
    client.api.base_url = server.url
    return client


def waits(carrier: Carrier, digit: int) -> PhoneCall:
    """A citizen who calls, and at the desk stands in the queue."""
    return carrier.handset(f"+7999000000{digit}").calls()
