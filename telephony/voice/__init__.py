"""Calls: the same conversation as by text, with keys and speech for ears. One file a part of the call.

A step of a call is one webhook: what was keyed or said -> hear -> one intent -> the conversation's verb -> what is said
and what is listened for next. Step, attempt and language ride in the address that the carrier signs; what was said lies
sealed under the call; each step's answer is kept, so that a repeat gets the same.
"""
