"""The web server: a few processes, a few threads each; everything that differs comes from the settings."""

import wsgi  # noqa: F401 - read once, before the fork: the processes share it, and start in half the time
from settings import load_or_exit

_settings = load_or_exit()
_in_development = _settings.environment == "development"

bind = f"{_settings.listen}:{_settings.port}"
worker_class = "gthread"
workers = _settings.web_processes
threads = _settings.web_threads
timeout = 30
# `make run` stops at once; in production a text that is being answered gets its answer first.
graceful_timeout = 2 if _in_development else 20
# Its default place is the home folder, where two services would meet.
control_socket_disable = True
keepalive = 15
# One text is under 10 kB; whatever asks for more is no carrier.
limit_request_field_size = 8190
forwarded_allow_ips = ""
loglevel = "warning" if _in_development else _settings.log_level.lower()
errorlog = "-"
accesslog = None
