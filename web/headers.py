"""What every page tells the browser not to allow."""

from flask import Response, g

from store.tokens import new_token

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_INSTALLED = "; worker-src 'self'; manifest-src 'self'"
_ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a picture may do where it is opened by itself: nothing."""
_TWO_YEARS = "max-age=63072000"


def nonce() -> str:
    """What this response's scripts carry; others are not run."""
    if "nonce" not in g:
        g.nonce = new_token()
    return str(g.nonce)


def open_to_camera(response: Response) -> Response:
    """The officers' page: the camera, a decoder in WebAssembly, a service worker and a manifest, all of them ours."""
    scripts = f"script-src 'nonce-{nonce()}'"
    policy = _POLICY.format(nonce=nonce()).replace(scripts, f"{scripts} 'wasm-unsafe-eval'")
    response.headers["Content-Security-Policy"] = policy + _INSTALLED
    response.headers["Permissions-Policy"] = _ALWAYS["Permissions-Policy"].replace("camera=()", "camera=(self)")
    return response


def open_to_tiles(response: Response, origin: str) -> Response:
    """A page with a map: pictures of the ground from where they are configured to be; from nowhere else."""
    policy = _POLICY.format(nonce=nonce())
    response.headers["Content-Security-Policy"] = policy.replace("img-src 'self'", f"img-src 'self' {origin}".rstrip())
    return response


def open_to_patient(response: Response, *, camera: bool = False) -> Response:
    """A patient's page: their position, and what installs it; `camera` where a photo is asked for."""
    response.headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce()) + _INSTALLED
    allowed = _ALWAYS["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")
    response.headers["Permissions-Policy"] = allowed.replace("camera=()", "camera=(self)") if camera else allowed
    return response


def picture(jpeg: bytes, name: str) -> Response:
    """A picture that we drew, for a page to show."""
    response = Response(jpeg, mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = _ALONE
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def guard_file(response: Response) -> Response:
    """What is no page, scripts and keys: what it says it is, and for our own pages alone."""
    for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        response.headers[name] = _ALWAYS[name]
    return response


def guard_headers(response: Response, *, https: bool) -> Response:
    """The response with the rules for the browser; nothing of it is kept unless it said how long itself."""
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    response.headers.setdefault("Cache-Control", "no-store")
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if https:
        response.headers["Strict-Transport-Security"] = _TWO_YEARS
    return response
