"""Ways back: only to a path of ours, never to where a link from outside would lead somebody who just signed in."""

from urllib.parse import urlsplit

from flask import request

_LONGEST = 500


def local_path(wanted: str | None) -> str | None:
    """The path with its query where it is one of ours; None for everything else."""
    if not wanted or len(wanted) > _LONGEST or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    return wanted if wanted.isprintable() and not set(wanted) & set("\\ ") else None


def this_page() -> str:
    """Where to come back to: this page, where it was only looked at; else the page that a form or a live part is on."""
    if around := request.headers.get("HX-Current-URL"):
        parts = urlsplit(around)
        return local_path(parts.path + (f"?{parts.query}" if parts.query else "")) or "/"
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    form = urlsplit(request.referrer or "")
    return local_path(form.path + (f"?{form.query}" if form.query else "")) or "/"
