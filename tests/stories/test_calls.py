"""Journeys by voice."""

import pytest

from store import Store
from telephony.simulator.carrier import Carrier, Handset


def test_a_known_caller_keys_a_purpose_and_the_end_of_the_document_and_hears_the_code_twice(registered: Handset) -> None:
    call = registered.calls()
    call.hears("Скажите, куда вам нужно")
    call.presses("8#")

    call.hears("четыре цифры")
    call.presses("2506")

    call.hears("Пропуск выдан")
    print(call.transcript)
