"""The cookies: one that says who is signed in, and Flask's own for forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from web.words import COOKIE

_LANGUAGE_LASTS = timedelta(days=365)
_HOME_LASTS = timedelta(days=90)
"""No isolation is that long; its end is in the rows."""
_MOST_AT_HOME = 8
"""Patients of one household in one browser."""


@dataclass(frozen=True, slots=True)
class Cookies:
    """`https`: the browser speaks to us over TLS alone, and the names say so (``__Host-``)."""

    https: bool

    @property
    def session_name(self) -> str:
        """The name of the one that says who is signed in."""
        return self._named("passline")

    @property
    def form_name(self) -> str:
        """The name of Flask's, with which forms are checked."""
        return self._named("passline-forms")

    def token(self) -> str | None:
        """What the browser shows of its session."""
        return request.cookies.get(self.session_name)

    def sign_in(self, response: Response, token: str, lasts: timedelta | None = None) -> Response:
        """Gives the browser its session, and forgets what its forms knew before.

        It is gone with the browser unless it `lasts`: a telephone ends its browser whenever it likes.
        """
        session.clear()
        response.set_cookie(
            self.session_name, token, max_age=lasts, secure=self.https, httponly=True, samesite="Strict", path="/"
        )
        return response

    @property
    def home_name(self) -> str:
        """The name of the one that says which patients' page it is, beside whoever is signed in."""
        return self._named("passline-home")

    def home_tokens(self) -> tuple[str, ...]:
        """What the browser shows of the sessions of patients, the one that is shown first."""
        told = request.cookies.get(self.home_name, "")
        return tuple(dict.fromkeys(filter(None, told.split("."))))[:_MOST_AT_HOME]

    def let_home(self, response: Response, tokens: Sequence[str]) -> Response:
        """Gives the browser these sessions of patients, and takes back all others."""
        kept: dict[str, Any] = {"secure": self.https, "httponly": True, "samesite": "Strict", "path": "/"}
        if not tokens:
            response.delete_cookie(self.home_name, **kept)
        else:
            response.set_cookie(self.home_name, ".".join(tokens[:_MOST_AT_HOME]), max_age=_HOME_LASTS, **kept)
        return response

    def sign_out(self, response: Response) -> Response:
        """Takes it back."""
        response.delete_cookie(self.session_name, secure=self.https, httponly=True, samesite="Strict", path="/")
        return response

    def speak(self, response: Response, language: str) -> Response:
        """Remembers a language for whoever is not signed in."""
        response.set_cookie(
            COOKIE, language, max_age=_LANGUAGE_LASTS, secure=self.https, httponly=True, samesite="Lax", path="/"
        )
        return response

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.https else name


class FormSessions(SecureCookieSessionInterface):
    """Flask's own. Whoever sends no cookie has none, as the carrier, whose texts and calls need not wait for a look."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What a cookie holds."""
        return super().open_session(app, request) if request.cookies else self.session_class()
