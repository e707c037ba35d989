"""GET /api/v1/revocations."""

from flask import Response, request

from codes.signed.revocations import Revocations
from web.api.models import Since

LIST = "application/vnd.passline.revocations"


def revocation_list(revocations: Revocations) -> Response:
    """The signed list: all, or with `since` what came after an ETag; 304 where that is nothing."""
    since = Since.model_validate(request.args.to_dict()).since
    held = next(iter(request.if_none_match.as_set()), None)
    if since is None and held is not None and not revocations.is_news(held):
        return _unchanged(held)
    listing = revocations.listing(since)
    if listing is None:
        return _unchanged(since or "")
    answer = Response(listing.packed, mimetype=LIST)
    answer.set_etag(listing.mark)
    return _kept(answer)


def _unchanged(mark: str) -> Response:
    answer = Response(status=304)
    answer.set_etag(mark)
    return _kept(answer)


def _kept(answer: Response) -> Response:
    answer.cache_control.private = True
    answer.cache_control.no_cache = True
    return answer
