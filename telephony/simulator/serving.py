"""The carrier's web process: REST API, control API and the browser phone, on loopback only."""

import threading
from types import TracebackType
from typing import Self

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.serving import make_server

from telephony.simulator.carrier import Carrier
from telephony.simulator.control import control_api
from telephony.simulator.control_calls import calls_api
from telephony.simulator.cutting import CarrierRequestHandler
from telephony.simulator.errors import RefusedError
from telephony.simulator.records import API_VERSION
from telephony.simulator.rest import rest_api

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def create_app(carrier: Carrier) -> Flask:
    """The WSGI application of one carrier."""
    app = Flask(__name__)
    # A page from elsewhere whose name suddenly means this machine may not use the telephones here.
    app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "[::1]"]
    app.register_blueprint(rest_api(carrier))
    app.register_blueprint(control_api(carrier))
    app.register_blueprint(calls_api(carrier))
    app.register_error_handler(RefusedError, lambda refusal: (jsonify(refusal.body()), refusal.status))
    app.register_error_handler(HTTPException, _http_error)

    @app.get("/")
    def page() -> ResponseReturnValue:
        return render_template("phones.html", number=carrier.settings.number)

    @app.get("/healthz")
    def health() -> ResponseReturnValue:
        return jsonify(status="ok", number=carrier.settings.number, counted=carrier.ledger.counted())

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return app


class CarrierServer:
    """A carrier listening on 127.0.0.1, one thread a connection; port 0 takes a free one. Use it with ``with``."""

    def __init__(self, carrier: Carrier, port: int = 0) -> None:
        self._server = make_server(
            "127.0.0.1", port, create_app(carrier), threaded=True, request_handler=CarrierRequestHandler
        )
        self.url = carrier.ledger.api_url = f"http://127.0.0.1:{self._server.server_port}"

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted."""
        self._server.serve_forever()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Under the REST API in Twilio's shape, elsewhere plain."""
    if not request.path.startswith(f"/{API_VERSION}"):
        return jsonify(error=error.description), error.code or 500
    numbers = {404: 20404, 405: 20004}
    refusal = RefusedError(numbers.get(error.code or 500, 20500), request.path)
    return jsonify(refusal.body()), refusal.status
