"""Our lean signature check and twilio's own RequestValidator agree on every request made up here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder

from telephony.guard import HEADER, Guard

URLS = (
    "https://pass.example",
    "https://pass.example:443",
    "https://pass.example:8443",
    "http://localhost:8000",
    "http://pass.example",
    "https://[2001:db8::7]",
    "https://[2001:db8::7]:8443",
    "https://pass.example/service",
    "https://Pass.Example",
)
TOKENS = ("token", "a much older token", "ключ", "x")
NAMES = st.sampled_from(("Body", "From", "To", "MessageSid", "body", "Тело", "a", "aa", "A", "", "Body2", "Zip[]"))
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.sampled_from(("", "8", "+7", "a=b&c"))
)
FORMS = st.lists(st.tuples(NAMES, VALUES), max_size=8)
PATHS = st.sampled_from(
    ("/telephony/sms", "/telephony/%D1%81", "/telephony/a%2Fb", "/telephony//sms", "/telephony/a+b")
)
QUERIES = st.sampled_from(("", "?a=1", "?a=%2F&b=", "?x=%D1%86", "?bodySHA256=00", "?a=b+c", "?a", "?a=1&a=1", "?a=;"))


@dataclass(frozen=True)
class Vector:
    """A request, and what was signed for it."""

    public_url: str
    path: str
    form: list[tuple[str, str]]
    signature: str

    def request(self) -> Request:
        builder = EnvironBuilder(
            "/telephony/sms",
            method="POST",
            data=urlencode(self.form),
            content_type="application/x-www-form-urlencoded",
            headers=[(HEADER, self.signature)],
            environ_overrides={"RAW_URI": self.path},
        )
        return Request(builder.get_environ())

    def twilio_admits(self, tokens: tuple[str, ...]) -> bool:
        """What the validator says of the parsed form, refusing where it raises."""
        form = self.request().form
        try:
            return any(
                RequestValidator(token).validate(self.public_url + self.path, form, self.signature) for token in tokens
            )
        except (ValueError, TypeError, AttributeError):
            return False

    def we_admit(self, tokens: tuple[str, ...]) -> bool:
        return Guard(self.public_url, tokens).admitted_form(self.request()) is not None


@st.composite
def vectors(draw: st.DrawFn) -> Vector:
    """Signed well, signed for something nearby, or not signed."""
    url, path, form = draw(st.sampled_from(URLS)), draw(PATHS) + draw(QUERIES), draw(FORMS)
    signed_url, signed_path, signed_form = url, path, form
    match draw(st.integers(0, 7)):
        case 0:
            signed_form = draw(FORMS)
        case 1:
            signed_path = draw(PATHS) + draw(QUERIES)
        case 2:
            signed_url = draw(st.sampled_from(URLS))
        case 3:
            signed_form = draw(st.permutations(form))
        case 4:
            signed_form = [*form, *form[:1]]
        case 5:
            return Vector(
                url, path, form, draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
            )
        case _:
            pass
    token = draw(st.sampled_from(TOKENS))
    return Vector(url, path, form, signature_by(token, signed_url + signed_path, signed_form))


def signature_by(token: str, url: str, form: list[tuple[str, str]]) -> str:
    """As twilio's library computes it."""
    request = Request(
        EnvironBuilder(
            method="POST", data=urlencode(form), content_type="application/x-www-form-urlencoded"
        ).get_environ()
    )
    return str(RequestValidator(token).compute_signature(url, request.form))


@given(vector=vectors(), tokens=st.sampled_from(((TOKENS[0],), TOKENS[1:3], TOKENS)))
@settings(max_examples=600, deadline=None, derandomize=True)
def test_we_admit_what_twilio_would(vector: Vector, tokens: tuple[str, ...]) -> None:
    assert vector.we_admit(tokens) is vector.twilio_admits(tokens)


@given(vector=vectors())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_an_admitted_form_is_what_was_sent_the_first_of_each_name(vector: Vector) -> None:
    token = "token"
    signed = Vector(
        vector.public_url, vector.path, vector.form, signature_by(token, vector.public_url + vector.path, vector.form)
    )

    form = Guard(signed.public_url, [token]).admitted_form(signed.request())

    assert form == signed.request().form.to_dict()


def test_a_bare_question_mark_is_the_one_difference_we_check_what_came_over_the_wire() -> None:
    path = "/telephony/sms?"
    signed = Vector(URLS[0], path, [], signature_by("token", URLS[0] + path, []))

    assert signed.we_admit(("token",))
    assert not signed.twilio_admits(("token",))
