"""A pass on its way: a text, an e-mail, a link, a picture; and bound to another car or card."""

from datetime import timedelta
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.binding import NotBound, bind_anew, bindable
from codes.own_passes import OwnPass, own_pass
from codes.sharing import NotShared, end_link, links, owe_mail, share, text_code
from codes.signed.signing import Signing
from language.examples import name_in
from language.moments import ending
from store import Store, Work
from web.asking import fields_form, read_fields
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.forms import LinkForm, MailForm
from web.citizen.pass_pages import shown_pass
from web.citizen.picture import Caption, pass_picture
from web.forms import PageForm
from web.given import Given
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later, spoken

LASTING = MappingProxyType({"hour": timedelta(hours=1), "day": timedelta(days=1), "pass": None})
NOT_SHARED = MappingProxyType(
    {
        NotShared.OVER: later("This pass is over."),
        NotShared.TOO_MANY: later("That was asked too often. Try again tomorrow, or show the code itself."),
        NotShared.NO_ADDRESS: later("Write the e-mail address like name@example.com"),
    }
)
_NOT_BOUND = MappingProxyType(
    {
        NotBound.OVER: later("This pass is over."),
        NotBound.TOO_OFTEN: later("Car and card of this pass were changed three times: that is all."),
        NotBound.NOT_ASKED: later("This pass goes without a car or card."),
    }
)


def add_sharing_pages(blueprint: Blueprint, given: Given) -> None:
    """/passes/ID/text, /mail, /share, /links/LINK/end, /picture, /bound."""
    _add_texts(blueprint, given.store)
    _add_mails(blueprint, given.store, mails=given.mails)
    _add_links(blueprint, given.store, given.public_url)
    _add_picture(blueprint, given.store, given.signing)
    _add_binding(blueprint, given.store)


def _shown_mine(work: Work, pass_id: str) -> OwnPass:
    return own_pass(work, at_a_glance(work).holders, pass_id) or abort(404)


def _mine(work: Work, pass_id: str) -> OwnPass:
    return own_pass(work, at_counter(work).holders, pass_id) or abort(404)


def _told(pass_id: str, told: str, why: NotShared | NotBound | None = None) -> Answer:
    page = url_for("pages.citizen.one_pass", pass_id=pass_id)
    if isinstance(why, NotShared):
        return Answer(page, "refused", {"words": _(NOT_SHARED[why])})
    if isinstance(why, NotBound):
        return Answer(page, "refused", {"words": _(_NOT_BOUND[why])})
    return Answer(page, told)


def _add_texts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/passes/<pass_id>/text")
    def text(pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            meeting = at_counter(work)
            one = own_pass(work, meeting.holders, pass_id) or abort(404)
            return _told(pass_id, "texted", text_code(work, meeting.phone, one, spoken()))

        return send_once(store, visitor().id, act)


def _add_mails(blueprint: Blueprint, store: Store, *, mails: bool) -> None:
    @blueprint.get("/passes/<pass_id>/mail")
    def ask_mail(pass_id: str) -> ResponseReturnValue:
        if not mails:
            abort(404)
        with store.reading() as work:
            return _mail_page(work, _shown_mine(work, pass_id), MailForm(formdata=None))

    @blueprint.post("/passes/<pass_id>/mail")
    def mail(pass_id: str) -> ResponseReturnValue:
        form = MailForm() if mails else abort(404)

        def act(work: Work) -> Answer:
            meeting = at_counter(work)
            one = own_pass(work, meeting.holders, pass_id) or abort(404)
            why = owe_mail(work, meeting.phone, one, (form.address.data or "").strip(), spoken())
            if why is NotShared.NO_ADDRESS:
                form.refuse("address", _(NOT_SHARED[why]))
                abort(Response(_mail_page(work, one, form), 422))
            return _told(pass_id, "mailed", why)

        return send_once(store, visitor().id, act)


def _mail_page(work: Work, one: OwnPass, form: PageForm) -> str:
    return render_template("citizen/mail.html", one=shown_pass(work, one), form=form)


def _add_links(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.get("/passes/<pass_id>/share")
    def ask_share(pass_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            return _share_page(work, _shown_mine(work, pass_id))

    @blueprint.post("/passes/<pass_id>/share", endpoint="share")
    def make_link(pass_id: str) -> ResponseReturnValue:
        made: list[str] = []

        def act(work: Work) -> Answer:
            lasting = request.form.get("lasting", "")
            if lasting not in LASTING:
                abort(400)
            came = share(work, _mine(work, pass_id), LASTING[lasting], visitor().actor)
            if isinstance(came, NotShared):
                return _told(pass_id, "", came)
            made.append(f"{public_url}{url_for('pages.shared.shared', token=came)}")
            return Answer(url_for("pages.citizen.ask_share", pass_id=pass_id))

        def shown() -> ResponseReturnValue | None:
            """The link itself is shown once: it is kept nowhere."""
            with store.reading() as work:
                return _share_page(work, _shown_mine(work, pass_id), made[0]) if made else None

        return send_once(store, visitor().id, act, shown)

    @blueprint.post("/passes/<pass_id>/links/<link_id>/end", endpoint="end_link")
    def end(pass_id: str, link_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            end_link(work, _mine(work, pass_id), link_id, visitor().actor)
            return Answer(url_for("pages.citizen.ask_share", pass_id=pass_id))

        return send_once(store, visitor().id, act)


def _share_page(work: Work, one: OwnPass, address: str = "") -> str:
    shown = [(link.id, ending(link.ends_at, one.regime, work.now)) for link in links(work, one)]
    form = LinkForm(formdata=None)
    return render_template("citizen/share.html", one=shown_pass(work, one), links=shown, address=address, form=form)


def _add_picture(blueprint: Blueprint, store: Store, signing: Signing) -> None:
    @blueprint.get("/passes/<pass_id>/picture")
    def picture(pass_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            one = _shown_mine(work, pass_id)
            if not one.is_live(work.now):
                abort(404)
            shown = shown_pass(work, one)
            address = signing.address(signing.sign(work, one.live, one.holder))
            title = name_in(one.regime.title, spoken(), one.regime)
        held = f"{shown['initials']} *{shown['tail']}".strip(" *")
        caption = Caption(title, shown["purpose"], shown["span"], shown["code"], held)
        answer = Response(pass_picture(caption, address), mimetype="image/png")
        answer.headers["Content-Disposition"] = 'attachment; filename="pass.png"'
        return answer


def _add_binding(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/passes/<pass_id>/bound")
    def ask_bound(pass_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            one = _shown_mine(work, pass_id)
            return _bound_page(work, one, _bound_form(one, {"formdata": None}))

    @blueprint.post("/passes/<pass_id>/bound")
    def bind(pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            one = _mine(work, pass_id)
            form = _bound_form(one, {})
            read = read_fields(form, bindable(one), one.regime, work.now) if form.validate() else None
            if read is None:
                abort(Response(_bound_page(work, one, form), 422))
            return _told(pass_id, "bound", bind_anew(work, one, read, visitor().actor))

        return send_once(store, visitor().id, act)


def _bound_form(one: OwnPass, given: dict[str, Any]) -> Any:
    names = bindable(one) or abort(404)
    known = {"plate": one.live.face.plate, "card": one.live.face.card}
    return fields_form(one.regime, (), names)(data=known, **given)


def _bound_page(work: Work, one: OwnPass, form: Any) -> str:
    fields = [form[str(name)] for name in bindable(one)]
    return render_template("citizen/bound.html", one=shown_pass(work, one), form=form, fields=fields)
