"""Who the caller is: the end of a document, a code to the number on file, or a search by what they say."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.attending import hear
from codes.desk.identifying import LookReason, Proof, find_caller, prove_by_code, prove_by_tail, send_code
from codes.fields import Field
from store import Store, Work
from web.asking import read_fields, read_number
from web.desk.call_pages import call_page
from web.desk.forms import CodeForm, SearchForm, TailForm
from web.once import Answer, send_once
from web.visitor import visitor

OF_TAIL = {Proof.PROVED: "proved", Proof.WRONG: "tail_wrong", Proof.SPENT: "proof_spent", Proof.NO_NUMBER: "not_found"}
OF_CODE = {Proof.PROVED: "proved", Proof.WRONG: "code_wrong", Proof.SPENT: "proof_spent"}
OF_SENDING = {Proof.SENT: "code_sent", Proof.SPENT: "code_spent"}
"""What is told of each proof; anything else: there is no number for a code."""


def add_proof_pages(blueprint: Blueprint, store: Store) -> None:
    """POST /desk/calls/SID/tail, /code, /code-said and /search."""
    _add_tail(blueprint, store)
    _add_code(blueprint, store)
    _add_search(blueprint, store)


def _add_tail(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/calls/<sid>/tail")
    def tail(sid: str) -> ResponseReturnValue:
        form = TailForm(prefix="tail-")
        if not form.validate():
            with store.work() as work:
                return call_page(work, hear(work, visitor().id, sid), form), 422

        def prove(work: Work) -> Answer:
            said = "".join(sign for sign in form.tail.data if sign.isdigit())
            return Answer(_call(sid), OF_TAIL[prove_by_tail(work, hear(work, visitor().id, sid), said)])

        return send_once(store, visitor().id, prove)


def _add_code(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/calls/<sid>/code")
    def code(sid: str) -> ResponseReturnValue:
        def text(work: Work) -> Answer:
            sent = send_code(work, hear(work, visitor().id, sid), _person())
            return Answer(_call(sid), OF_SENDING.get(sent, "code_no_number"))

        return send_once(store, visitor().id, text)

    @blueprint.post("/desk/calls/<sid>/code-said")
    def code_said(sid: str) -> ResponseReturnValue:
        form = CodeForm(prefix="code-")
        if not form.validate():
            with store.work() as work:
                return call_page(work, hear(work, visitor().id, sid), form), 422

        def prove(work: Work) -> Answer:
            proof = prove_by_code(work, hear(work, visitor().id, sid), _person(), form.code.data)
            return Answer(_call(sid), OF_CODE.get(proof, "code_no_number"))

        return send_once(store, visitor().id, prove)


def _add_search(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/calls/<sid>/search")
    def search(sid: str) -> ResponseReturnValue:
        form = SearchForm(prefix="search-")
        with store.work() as work:
            attended = hear(work, visitor().id, sid)
            regime, fine = attended.terms.regime, form.validate()
            number = read_number(form, "number", regime) if fine else None
            read = read_fields(form, [Field.DOCUMENT], regime, work.now) if fine else None
            if number is None or read is None:
                return call_page(work, attended, form), 422
        document, why = read[Field.DOCUMENT], LookReason(form.why.data)

        def look(work: Work) -> Answer:
            found = find_caller(work, hear(work, visitor().id, sid), number, document, why)
            return Answer(_call(sid), "found" if found else "not_found")

        return send_once(store, visitor().id, look)


def _call(sid: str) -> str:
    return url_for("pages.desk.call", sid=sid)


def _person() -> str:
    return request.form.get("person", "") or abort(400)
