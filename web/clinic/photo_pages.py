"""The photo that later ones are held against: taken on the spot, its quality told at once; shown to who may see it."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput
from wtforms import BooleanField, FileField

from apart.kinds import kind_of_picture
from apart.starting import NoReader
from monitoring.photos.keeping import MOST_REFERENCE_BYTES, PhotoTrouble, keep_reference
from monitoring.photos.reader import PhotoReader
from monitoring.photos.showing import photo_jpeg, reference_of
from monitoring.readings import SAID, Finding, Look
from store import Store
from store.blobs import BlobStore
from web.clinic.acting import held_own_case, seen_case
from web.clinic.wording import PHOTO_TROUBLES
from web.forms import PageForm
from web.headers import picture
from web.uploads import refuse_large
from web.visitor import visitor
from web.words import _, later


class PhotoForm(PageForm):
    """One photo."""

    photo = FileField(
        later("Photo of the patient's face"),
        description=later("JPEG, PNG or WebP, at most 10 MB. On a tablet this opens the camera."),
        widget=GovFileInput(),
    )
    keep = BooleanField(
        later("Keep it even if it is not good: no better one can be had"),
        widget=GovCheckboxInput(),
    )


def add_photo_pages(blueprint: Blueprint, store: Store, blobs: BlobStore, photos: PhotoReader) -> None:
    """GET and POST /clinic/cases/ID/photo, GET /clinic/cases/ID/photo/picture."""

    @blueprint.route("/clinic/cases/<case_id>/photo", methods=["GET", "POST"])
    def photo(case_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found = held_own_case(work, case_id)
            there = reference_of(work, found.case) is not None
        shown = {"found": found, "there": there}
        form = PhotoForm()
        if request.method == "GET":
            return render_template("clinic/photo.html", form=form, told=[], **shown)
        file = request.files.get("photo")
        look = _looked(form, photos, file.stream.read() if file else b"")
        if look is None or not _is_kept(store, blobs, case_id, form, look):
            told = [_(SAID[one]) for one in look.findings] if look else []
            return render_template("clinic/photo.html", form=form, told=told, **shown), 422
        return redirect(url_for("pages.clinic.case", case_id=case_id, photo="soft" if look.findings else "good"), 303)

    refuse_large(blueprint)

    _add_picture(blueprint, store, blobs)


def _looked(form: PhotoForm, photos: PhotoReader, content: bytes) -> Look | None:
    """What the photo shows, as a process of its own says; None after refusing the file."""
    trouble = None
    if kind_of_picture(content) is None:
        trouble = PhotoTrouble.KIND
    elif len(content) > MOST_REFERENCE_BYTES:
        trouble = PhotoTrouble.TOO_LARGE
    if trouble:
        form.refuse("photo", _(PHOTO_TROUBLES[trouble]))
        return None
    try:
        (look,) = photos.read([content])
    except NoReader:
        form.refuse("photo", _("The photo can't be read just now. Try again in a moment."))
        return None
    return look


def _is_kept(store: Store, blobs: BlobStore, case_id: str, form: PhotoForm, look: Look) -> bool:
    """Keeps it, where its quality will do or nobody can take a better one."""
    seen = look.face is not None and Finding.SEVERAL not in look.findings
    if look.retake and not (seen and form.keep.data):
        form.refuse("photo", _("This photo is not good enough. Take another one."))
        return False
    came = keep_reference(store, blobs, case_id, look, visitor().actor)
    if isinstance(came, PhotoTrouble):
        form.refuse("photo", _(PHOTO_TROUBLES[came]))
        return False
    return True


def _add_picture(blueprint: Blueprint, store: Store, blobs: BlobStore) -> None:
    @blueprint.get("/clinic/cases/<case_id>/photo/picture", endpoint="picture")
    def reference(case_id: str) -> Response:
        with store.work() as work:
            found = seen_case(work, case_id, "photo")
            shown = reference_of(work, found.case) or abort(404)
        jpeg = photo_jpeg(blobs, shown)
        return picture(jpeg if jpeg is not None else abort(404), "photo.jpg")
