"""Which language the pages speak: chosen in the header, kept with the person, or in a cookie before they sign in.

A citizen's texts and calls follow.
"""

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from store import Store
from store.phones import choose_language
from web.cookies import Cookies
from web.local import local_path
from web.roles import Role
from web.signin.accounts import change_account
from web.visitor import present
from web.words import LANGUAGES


def speaking_blueprint(store: Store, cookies: Cookies) -> Blueprint:
    """POST /language."""
    blueprint = Blueprint("speaking", __name__)

    @blueprint.post("/language")
    def speak() -> ResponseReturnValue:
        language = request.form.get("language", "")
        response = make_response(redirect(local_path(request.form.get("back")) or url_for("pages.start.start")))
        if language not in LANGUAGES:
            return response
        if who := present():
            with store.work() as work:
                if who.may(Role.CITIZEN):
                    choose_language(work, who.id, language)
                else:
                    change_account(work, who.id, language=language)
        return cookies.speak(response, language)

    return blueprint
