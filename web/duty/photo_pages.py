"""Photos of patients for who is at the alert: JPEGs of ours, each look noted, nothing of it kept by the browser."""

from flask import Blueprint, Response, abort

from monitoring.duty.opening import look_at_photo
from monitoring.photos.showing import photo_jpeg
from store import Store
from store.blobs import BlobStore
from web.headers import picture
from web.visitor import visitor


def add_photo_pages(blueprint: Blueprint, store: Store, blobs: BlobStore) -> None:
    """GET /duty/alerts/ID/photos/ID."""

    @blueprint.get("/duty/alerts/<alert_id>/photos/<photo_id>")
    def photo(alert_id: str, photo_id: str) -> Response:
        with store.work() as work:
            found = look_at_photo(work, alert_id, photo_id, visitor().actor)
        jpeg = photo_jpeg(blobs, found) if found else None
        return picture(jpeg if jpeg is not None else abort(404), "photo.jpg")
