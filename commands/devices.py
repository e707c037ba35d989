"""`flask --app wsgi devices ...`: apps that report for patients at home: connect, list, disconnect."""

import click
from sqlalchemy import select
from sqlmodel import col

from codes.isolation import same_person
from codes.meeting import meet
from codes.regimes import in_force
from commands.arguments import known_phone
from commands.choosing import the_person
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, store
from monitoring.cases.watched import WatchedCase, cases_of, held_case
from monitoring.home.apps import WhyNot, connect_app
from monitoring.patients.devices import devices_of, end_device
from store import Work
from store.patients import Device

devices = Group("devices", help="What reports for patients at home: connect an app, list, disconnect.")
_WHY_NOT = {
    WhyNot.OVER: "the case is over",
    WhyNot.NO_CONSENT: "the patient did not agree to be looked after so, or took it back",
    WhyNot.NOT_BY_LINK: "the patient is called or visited: their position is not asked",
}


@devices.command("add")
@click.option("--phone", required=True, help="The patient's telephone.")
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@click.option("--model", default="", help="The class of telephone, such as 'Android 14'.")
@acting
def add(*, phone: str, person: str | None, model: str, as_json: bool) -> None:
    """Gives an app its token, which is printed once and kept by nobody here. An app of before is ended.

    Patients get theirs by a code that a clinician shows them.
    """
    with store().work() as work:
        case = held_case(work, _case_on(work, phone, person).id)
        assert case is not None, "it was there just now"
        token = connect_app(work, case, model, operator())
        if isinstance(token, WhyNot):
            raise Failure(f"no app can report: {_WHY_NOT[token]}")
    row: Row = {"case": case.id, "token": token}
    out(as_json, row, described(row))


@devices.command("list")
@click.option("--phone", required=True, help="The patient's telephone.")
@click.option("--person", help="Who, where several are on the telephone: an id, a name or a document's end.")
@looking
def list_devices(*, phone: str, person: str | None, as_json: bool) -> None:
    """Browsers and apps that report for a patient; never their tokens."""
    with store().work() as work:
        case, zone = _case_on(work, phone, person), in_force(work).regime.zone
        looked(work, [case.person_id], "devices list")
        rows: list[Row] = [
            {
                "device": one.id,
                "case": case.id,
                "kind": one.kind,
                "model": one.model,
                "connected": iso(one.added_at, zone),
                "last_heard": iso(one.last_heard_at, zone),
            }
            for one in devices_of(work, case)
        ]
    show_rows(as_json, rows)


@devices.command("remove")
@click.argument("device_id", metavar="DEVICE")
@acting
def remove(*, device_id: str, as_json: bool) -> None:
    """Ends a browser or app: its token opens nothing from now on."""
    with store().work() as work:
        row = work.row(select(col(Device.case_id)).where(col(Device.id) == device_id))
        held = row and held_case(work, row.case_id)
        if not held or not end_device(work, device_id, operator()):
            raise Failure(f"nothing reports as {device_id!r}: see `devices list`")
    out(as_json, {"device": device_id, "removed": True}, f"{device_id} reports no more")


def _case_on(work: Work, phone: str, person: str | None) -> WatchedCase:
    """The open case that is meant; raises Failure."""
    number = known_phone(work, phone).number
    holder = the_person(meet(work, number).holders, person, number)
    found = cases_of(work, same_person(work, holder.id))
    if not found:
        raise Failure(f"this person has no open case: {number}")
    return found[0]
