"""A recording as a browser plays it: some bytes at a time, opened for this request alone and kept nowhere."""

from flask import Blueprint, Response, abort, request

from codes.desk.picked_calls import picked_call
from codes.desk.recording import Sound, play, play_some, sound_size
from codes.desk.reviewing_calls import listening
from store import Store
from store.blobs import BlobStore, NoBlob
from web.visitor import visitor

MOST = 1 << 20
"""Bytes of one answer, half a minute of sound: a slow line must not hold a thread for a whole call."""
_KIND = "audio/wav"


def add_sound(blueprint: Blueprint, store: Store, blobs: BlobStore) -> None:
    """GET /desk/reviews/SID/sound/ID, where ID is that of a listening."""

    @blueprint.get("/desk/reviews/<sid>/sound/<listening_id>")
    def sound(sid: str, listening_id: str) -> Response:
        with store.reading() as work:
            picked_call(work, visitor().id, sid)
            found = listening(work, visitor().id, listening_id)
        if not isinstance(found, Sound):
            abort(404)
        try:
            return _answer(blobs, found)
        except NoBlob:  # destroyed since this request began
            abort(404)


def _answer(blobs: BlobStore, found: Sound) -> Response:
    whole = sound_size(blobs, found)
    if "Range" not in request.headers:
        return _described(Response(play(blobs, found), mimetype=_KIND), whole)
    wanted = request.range.range_for_length(whole) if request.range else None
    if wanted is None:
        return Response(status=416, headers={"Content-Range": f"bytes */{whole}"})
    start, end = wanted[0], min(wanted[1], wanted[0] + MOST)
    response = _described(Response(play_some(blobs, found, start, end - start), 206, mimetype=_KIND), end - start)
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{whole}"
    return response


def _described(response: Response, length: int) -> Response:
    response.headers["Content-Length"] = str(length)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = "inline"
    return response
