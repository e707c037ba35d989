"""Twilio's error numbers: the REST answers that carry them, and the words of the debugger log.

Source: https://www.twilio.com/docs/api/errors
"""

from typing import Final

MESSAGES: Final[dict[int, tuple[int, str]]] = {
    20001: (400, "Parameter '{}' is not valid"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (409, "Resource is not finished: {}"),
    20404: (404, "The requested resource {} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21212: (400, "Invalid 'From' Number: {}"),
    21266: (400, "'To' and 'From' number cannot be the same: {}"),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number {} is not a valid, message-capable number for your account."),
    21609: (400, "The 'StatusCallback' URL {} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "The 'From' number {} has exceeded the maximum number of queued messages"),
    21612: (400, "Message cannot be sent with the current combination of 'To' ({}) and 'From' parameters"),
    21614: (400, "'To' number is not a valid mobile number: {}"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required."),
    21208: (400, "Invalid Timeout: {}"),
    21210: (400, "The source phone number provided, {}, is not yet verified for your account."),
    21213: (400, "Caller phone number is required ('From')"),
    21214: (400, "'To' phone number cannot be reached: {}"),
    21215: (400, "Account not authorized to call {}"),
    21216: (400, "Call blocked: {}"),
    21220: (400, "Invalid call state: {}"),
    22003: (400, "A queue with the name {} exists already"),
    22004: (400, "Queue {} is not empty"),
    30409: (400, "Message {} cannot be canceled"),
}

DEBUGGER: Final[dict[int, str]] = {
    10004: "Call concurrency limit exceeded",
    11100: "Invalid URL format",
    11200: "HTTP retrieval failure",
    11215: "Too many documents without a word from the caller",
    11750: "TwiML response body too large (over 64 kB)",
    12100: "Document parse failure: the answer is not well-formed TwiML",
    12102: "The root element must be Response",
    12200: "Schema validation warning: unknown verb or attribute",
    12300: "Invalid Content-Type",
    13210: "Dial: invalid method value",
    13212: "Dial: invalid timeout value",
    13213: "Dial: invalid hangupOnStar value",
    13214: "Dial: invalid callerId value",
    13215: "Dial: invalid nested element",
    13216: "Dial: invalid timeLimit value",
    13217: "Dial: invalid record value",
    13221: "Dial->Number: invalid method value",
    13223: "Dial: invalid phone number format",
    13224: "Dial: this number can't be called",
    13310: "Gather: invalid finishOnKey value",
    13312: "Gather: invalid method value",
    13313: "Gather: invalid timeout value",
    13314: "Gather: invalid numDigits value",
    13320: "Gather: invalid nested verb",
    13326: "Gather: invalid input value",
    13327: "Gather: invalid speechTimeout value",
    13332: "Gather: invalid bargeIn value",
    13338: "Gather: invalid actionOnEmptyResult value",
    13410: "Play: invalid loop value",
    13420: "Play: invalid Content-Type",
    13510: "Say: invalid loop value",
    13520: "Say: invalid text",
    13610: "Record: invalid method value",
    13611: "Record: invalid timeout value",
    13612: "Record: invalid maxLength value",
    13613: "Record: invalid finishOnKey value",
    13616: "Record: playBeep must be true or false",
    13710: "Redirect: invalid method value",
    13910: "Pause: invalid length value",
    14101: "Message: invalid 'to' attribute",
    14102: "Message: invalid 'from' attribute",
    14103: "Message: invalid body (empty, or over 1600 characters)",
    14106: "Message reply: document retrieval limit reached",
    14109: "Message reply: more than 10 replies to one text",
    21610: "Attempt to send to unsubscribed recipient",
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
}

_ABOUT_ATTRIBUTES: Final = frozenset(code for code in DEBUGGER if 13200 < code < 14000) - {13224, 13338, 13420}
WARNINGS: Final = frozenset({12200, 14101, 14102, 14103, 14106, 14109}) | _ABOUT_ATTRIBUTES


class RefusedError(Exception):
    """The REST API says no: Twilio's error number, its HTTP status and its words."""

    def __init__(self, code: int, about: str = "") -> None:
        self.code = code
        self.status, words = MESSAGES[code]
        self.message = words.format(about)
        super().__init__(f"{code}: {self.message}")

    def body(self) -> dict[str, int | str]:
        """The error document as Twilio writes it."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
