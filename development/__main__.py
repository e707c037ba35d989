"""`python -m development MODULE`: a module that Ctrl-C may end at any moment, also while it imports, without a word."""

import runpy
import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    runpy.run_module(sys.argv[1], run_name="__main__")
