"""Where home is: searched in a register, or set on a map, or typed as coordinates; seen as a fence before it counts."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from monitoring.addresses.grid import Box
from monitoring.addresses.places import KnownPlace, building_at, middle, place_of, places_in
from monitoring.addresses.registers import versions
from monitoring.addresses.searching import search_addresses
from monitoring.cases.drafts import Draft, DraftedFence, drafted_fence, keep_draft
from monitoring.outlines import circle, is_place, middle_of
from store import Store, Work
from web.clinic.acting import the_draft
from web.clinic.forms import AddressForm, MapForm
from web.clinic.showing import fence_shown
from web.clinic.steps import next_page
from web.given import Tiles
from web.headers import open_to_tiles
from web.visitor import visitor
from web.words import _

_WIDEST = 0.02
"""Degrees of a map whose outlines are sent."""


def add_place_pages(blueprint: Blueprint, store: Store, tiles: Tiles) -> None:
    """GET and POST /clinic/new/ID/address, .../map and .../fence, POST /clinic/outlines."""
    _add_search(blueprint, store)
    _add_map(blueprint, store, tiles)
    _add_fence(blueprint, store)
    _add_outlines(blueprint, store)


def _add_search(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/address", methods=["GET", "POST"])
    def address(draft_id: str) -> ResponseReturnValue:
        form = AddressForm()
        with store.work() as work:
            draft = the_draft(work, draft_id)
            if not versions(work):
                return redirect(url_for("pages.clinic.map", draft_id=draft_id))
            if request.method == "GET":
                return render_template("clinic/address.html", draft=draft, form=form, found=None)
            if chosen := request.form.get("place"):
                return _choose(work, draft, place_of(work, chosen) or abort(400))
            if not form.validate():
                return render_template("clinic/address.html", draft=draft, form=form, found=None), 422
            found = [_line(one) for one in search_addresses(work, form.address.data)]
        return render_template("clinic/address.html", draft=draft, form=form, found=found)


def _line(one: KnownPlace) -> dict[str, Any]:
    return {"id": one.id, "text": one.text, "weak": one.outline is None}


def _choose(work: Work, draft: Draft, place: KnownPlace) -> ResponseReturnValue:
    """The place's own outline, or that of the building its point lies in; else a weak fence."""
    fence = _around(work, place.text, place.lon, place.lat, place)
    keep_draft(work, replace(draft, fence=fence), visitor().id)
    return redirect(url_for("pages.clinic.fence", draft_id=draft.id), 303)


def _around(work: Work, text: str, lon: float, lat: float, place: KnownPlace | None = None) -> DraftedFence:
    known = place if place and place.outline else building_at(work, lon, lat)
    if known and known.outline:
        return drafted_fence(text, known.outline, weak=False)
    return drafted_fence(text, circle(lon, lat), weak=True)


def _add_map(blueprint: Blueprint, store: Store, tiles: Tiles) -> None:
    @blueprint.route("/clinic/new/<draft_id>/map", methods=["GET", "POST"], endpoint="map")
    def set_on_map(draft_id: str) -> ResponseReturnValue:
        form = MapForm()
        with store.work() as work:
            draft = the_draft(work, draft_id)
            if request.method == "GET":
                form = MapForm(formdata=None, data={"address": draft.fence.address if draft.fence else ""})
                return _map_page(work, draft, form, tiles)
            fence = _set(work, form) if form.validate() else None
            if fence is None:
                answer = _map_page(work, draft, form, tiles)
                answer.status_code = 422
                return answer
            keep_draft(work, replace(draft, fence=fence), visitor().id)
        return redirect(url_for("pages.clinic.fence", draft_id=draft_id), 303)


def _set(work: Work, form: MapForm) -> DraftedFence | None:
    """The building that was chosen, or what stands at the coordinates; None after refusing them."""
    text = " ".join(form.address.data.split())
    if form.place.data:
        place = place_of(work, form.place.data) or abort(400)
        return _around(work, text, place.lon, place.lat, place)
    try:
        lon, lat = (float((form[name].data or "").strip().replace(",", ".")) for name in ("lon", "lat"))
    except ValueError:
        form.refuse("lat", _("Choose a building or a point on the map, or enter latitude and longitude"))
        return None
    if not is_place(lon, lat):
        form.refuse("lat", _("Nobody lives at these coordinates. Latitude comes first"))
        return None
    return _around(work, text, lon, lat)


def _map_page(work: Work, draft: Draft, form: MapForm, tiles: Tiles) -> Response:
    start = middle_of(draft.fence.outline) if draft.fence else middle(work)
    page = render_template(
        "clinic/map.html", draft=draft, form=form, start=start, tiles=tiles, known=bool(versions(work))
    )
    return open_to_tiles(make_response(page), tiles.origin)


def _add_fence(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/fence", methods=["GET", "POST"])
    def fence(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            draft = the_draft(work, draft_id)
            if draft.fence is None:
                return redirect(next_page(draft), 303)
            if request.method == "POST":
                return redirect(next_page(draft), 303)
            shown = fence_shown(work, draft.fence.outline, weak=draft.fence.weak)
        return render_template("clinic/fence.html", draft=draft, fence=shown)


def _add_outlines(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/clinic/outlines")
    def outlines() -> ResponseReturnValue:
        """The buildings of a piece of the map; asked for in a body, since where a map looks tells who lives there."""
        asked: Any = request.get_json(silent=True)
        try:
            west, south, east, north = (float(asked[name]) for name in ("west", "south", "east", "north"))
        except (KeyError, TypeError, ValueError, OverflowError):
            abort(400)
        box = Box(west, south, east, north)
        if not (0 < east - west <= _WIDEST and 0 < north - south <= _WIDEST):
            return jsonify(outlines=[])
        if not (is_place(west, south) and is_place(east, north)):
            return jsonify(outlines=[])
        with store.reading() as work:
            found = places_in(work, box)
        return jsonify(outlines=[{"id": one.id, "text": one.text, "rings": one.outline} for one in found])
