"""A telephone carrier that speaks Twilio's protocol both ways, for development and tests.

It is a process of its own (``python -m telephony.simulator``) and nothing else in the program imports it. Tests build
the same thing in-process: see :class:`telephony.simulator.carrier.Carrier`.
"""
