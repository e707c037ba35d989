"""What is sent and answered, as pydantic models: the OpenAPI document is made from them."""

import re
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from codes.outcomes import Mark, VerdictKind
from codes.police.sought import MOST_AT_ONCE
from monitoring.departures.judging import MOST_AT_ONCE as MOST_FIXES

MARK_PATTERN = "^[0-9a-f]{1,14}-[0-9a-f]{8}$"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _rfc3339(value: Any) -> Any:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("a moment is written as 2026-06-03T12:00:00+03:00")
    return value


_Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_rfc3339)]
_Typed = Annotated[str, Field(min_length=1, max_length=64)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Asked(_Strict):
    """One thing to inspect: exactly one of code, token, plate and card."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [name]} for name in ("code", "token", "plate", "card")]}
    )

    code: _Typed = Field("", description="A pass's code in any spelling, Latin or Cyrillic")
    token: str = Field("", min_length=1, max_length=1000, description="What the QR code holds, the address or its end")
    plate: _Typed = Field("", description="A number plate, where the order binds passes to plates")
    card: _Typed = Field("", description="A transport card's number, where the order binds passes to cards")
    id: str | None = Field(
        None, pattern=r"^[!-~]{1,64}$", description="Your name for this look: sent again, it is stored once"
    )
    seen_at: _Moment | None = Field(
        None, description="When it was seen, if not just now; at most seven days ago. Judged as of then"
    )
    told: Literal["green", "amber", "red"] | None = Field(None, description="What your device told then, if it did")

    @model_validator(mode="after")
    def _one_thing(self) -> "Asked":
        if len(self.model_fields_set & {"code", "token", "plate", "card"}) != 1:
            raise ValueError("give exactly one of code, token, plate, card")
        return self


class Inspections(_Strict):
    """Things to inspect, answered in this order."""

    inspections: Annotated[tuple[Asked, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Result(BaseModel):
    """What an officer would be told. Without a verdict it was not inspected, and `why_not` says why."""

    id: str | None
    verdict: VerdictKind | None = None
    mark: Mark | None = None
    shown: str = Field("", description="What was looked up, as understood; of a token, the pass's code")
    purpose: str = Field("", description="In the order's own language")
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    initials: str = ""
    document_tail: str = Field("", description="The last signs of the holder's document")
    grace: bool = Field(False, description="Warn, do not fine: the order is too new")
    why_not: Literal["locked", "too_old", "not_bound"] | None = None


class TaxiResult(BaseModel):
    """What a key with the scope `taxi` is told."""

    model_config = ConfigDict(extra="forbid")

    id: str | None
    valid: bool | None = Field(description="Null where it was not inspected: the key was locked in between, or too old")


class Results(BaseModel):
    """One result for each thing asked, in that order."""

    results: list[Result]


class TaxiResults(BaseModel):
    """One result for each thing asked, in that order."""

    model_config = ConfigDict(extra="forbid")

    results: list[TaxiResult]


class ReportedFix(_Strict):
    """One position, as the telephone says. What can't be one is taken and counts for nothing."""

    t: float = Field(description="When it was taken, Unix seconds")
    lat: float = Field(description="Degrees, WGS 84")
    lon: float = Field(description="Degrees, WGS 84")
    accuracy: float | None = Field(None, description="The reported radius in metres; without it the fix proves nothing")
    provider: Literal["gps", "wifi", "cell", "unknown"] = "unknown"
    mock: bool = Field(False, description="Whether the telephone says that it was made up")


class Fixes(_Strict):
    """What a device has to report since it last did, in any order."""

    fixes: Annotated[tuple[ReportedFix, ...], Field(min_length=1, max_length=MOST_FIXES)]


class Next(BaseModel):
    """What to do next."""

    next_s: int = Field(description="Report again after so many seconds")
    counted: int = Field(description="How many of the fixes proved anything; those sent before don't again")


class Connecting(_Strict):
    """An app that was shown a code."""

    code: _Typed = Field(
        description="The code in any spelling, Latin or Cyrillic; of a QR code, what stands behind the #"
    )
    model: str = Field(
        "",
        pattern=r"^((Android|iOS)( [1-9][0-9]?)?)?$",
        description="The class of telephone, such as `Android 14` or `iOS 17`, and nothing that tells one from another",
    )


class Connected(BaseModel):
    """The app reports from now on."""

    token: str = Field(description="Send it as `Authorization: Bearer pld_...`. Nobody can show it again")


class Since(_Strict):
    """The query of the list of revoked passes."""

    since: str | None = Field(
        None, pattern=MARK_PATTERN, description="An ETag that was given, without quotes: only what was revoked since"
    )


class Fault(BaseModel):
    """A place in what was sent."""

    pointer: str = Field(description="JSON pointer (RFC 6901)")
    detail: str


class Problem(BaseModel):
    """Any error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []
