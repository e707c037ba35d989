"""``python -m telephony.simulator``: the carrier as a process, with three phones on its page."""

import contextlib
import os
import signal
import sys

from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import SettingsError, read_settings


def main() -> int:
    """Serve until interrupted; 2 when a setting is missing or wrong, or the port is taken."""
    try:
        settings = read_settings(os.environ)
        carrier = Carrier(settings)
        server = CarrierServer(carrier, settings.carrier_port)
    except (SettingsError, OSError) as error:
        print(f"carrier simulator: {error}", file=sys.stderr)
        return 2
    carrier.handset("+79990000001", "citizen")
    carrier.handset("+79990000002", "officer")
    carrier.handset("+79990000003", "agent")
    # A shell starts what runs in its background with Ctrl-C ignored; we end by it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print(f"carrier simulator (not Twilio): {server.url} plays {settings.number} for {settings.public_url}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
