"""Twilio's REST API for queues and those who wait in them."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from telephony.simulator.call_resources import member_resource, queue_resource
from telephony.simulator.carrier import Carrier
from telephony.simulator.errors import RefusedError
from telephony.simulator.paging import page_of
from telephony.simulator.rest_answers import found, whole
from telephony.simulator.voice.flow import Target
from telephony.simulator.voice.placing import check_url
from telephony.simulator.voice.queues import DEFAULT_SIZE, LARGEST_SIZE, Member, Queue


def add_queues(api: Blueprint, carrier: Carrier) -> None:
    """The routes of Queues."""
    queues, account = carrier.exchange.directory.queues, carrier.settings.account_sid

    def shown(queue: Queue) -> dict[str, Any]:
        return queue_resource(queue, account, carrier.network.clock())

    @api.post("/Queues.json")
    def create_queue() -> ResponseReturnValue:
        name = request.form.get("FriendlyName", "")
        if not 0 < len(name) <= 64:
            raise RefusedError(20001, "FriendlyName")
        return jsonify(shown(queues.create(name, whole("MaxSize", DEFAULT_SIZE, 1, LARGEST_SIZE)))), 201

    @api.get("/Queues.json")
    def list_queues() -> ResponseReturnValue:
        return jsonify(page_of("queues", request.path, request.args.to_dict(), queues.all()[::-1], shown))

    @api.get("/Queues/<sid>.json")
    def fetch_queue(sid: str) -> ResponseReturnValue:
        return jsonify(shown(found(queues.get(sid))))

    @api.post("/Queues/<sid>.json")
    def update_queue(sid: str) -> ResponseReturnValue:
        queue = found(queues.get(sid))
        size = whole("MaxSize", queue.max_size, 1, LARGEST_SIZE)
        return jsonify(shown(found(queues.configure(sid, request.form.get("FriendlyName"), size))))

    @api.delete("/Queues/<sid>.json")
    def delete_queue(sid: str) -> ResponseReturnValue:
        found(queues.remove(sid) or None)
        return "", 204


def add_members(api: Blueprint, carrier: Carrier) -> None:
    """The routes of a queue's Members."""
    exchange, account = carrier.exchange, carrier.settings.account_sid
    queues = exchange.directory.queues

    def shown(queue: Queue, member: Member) -> dict[str, Any]:
        return member_resource(queue, member, account, carrier.network.clock())

    def wanted(sid: str) -> str:
        return "" if sid == "Front" else sid

    @api.get("/Queues/<queue_sid>/Members.json")
    def list_members(queue_sid: str) -> ResponseReturnValue:
        queue = found(queues.get(queue_sid))
        members = list(queue.members)
        page = page_of("queue_members", request.path, request.args.to_dict(), members, lambda one: shown(queue, one))
        return jsonify(page)

    @api.get("/Queues/<queue_sid>/Members/<sid>.json")
    def fetch_member(queue_sid: str, sid: str) -> ResponseReturnValue:
        queue = found(queues.get(queue_sid))
        member = next((one for one in queue.members if wanted(sid) in {"", one.call_sid}), None)
        return jsonify(shown(queue, found(member)))

    @api.post("/Queues/<queue_sid>/Members/<sid>.json")
    def dequeue_member(queue_sid: str, sid: str) -> ResponseReturnValue:
        url = request.form.get("Url", "")
        check_url(url)
        queue = found(queues.get(queue_sid))
        member = found(queues.take(queue_sid, call_sid=wanted(sid)))
        target = Target(url, request.form.get("Method", "POST").upper())
        exchange.soon(lambda: exchange.move(member.call_sid, target))
        return jsonify(shown(queue, member))
