"""The web server: a few processes, a thread a waiting text; everything that differs comes from the settings."""

import ctypes
import gc
import sys
import threading
from typing import Any

import wsgi  # read once, before the fork: the processes share it, and start in half the time
from settings import load_or_exit

# Python lets a busy thread run for 5 ms before another has its turn: too long for the one that accepts connections.
sys.setswitchinterval(0.0005)

# Each thread would take memory from an arena of its own, which keeps what it once needed; the interpreter lets one
# thread run at a time, so two do. Only glibc has them.
if hasattr(_libc := ctypes.CDLL(None), "mallopt"):
    _libc.mallopt(-8, 2)  # M_ARENA_MAX

_settings = load_or_exit()
_in_development = _settings.environment == "development"

bind = f"{_settings.listen}:{_settings.port}"
worker_class = "serving.Worker"
workers = _settings.web_processes
# Far more threads than places to work (web_threads): whoever waits for a place waits where it is counted, and is told
# "busy" in time (telephony/admission.py), instead of in a queue of the server's that nobody sees. The rest is refused
# at the socket. A thread that is not used is not started.
threads = 400
worker_connections = threads + 128
backlog = 2048
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


def post_worker_init(worker: Any) -> None:
    """What a process has read by now stays as long as it lives: the collector need not look through it again.

    And an answer makes a few thousand objects that go by themselves: to look for circles each 700 is too often. While
    the process lives it says so, and when none does that is an outage of ours.
    """
    threading.Thread(target=wsgi.say_alive, args=(worker.wsgi,), daemon=True).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
