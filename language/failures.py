"""Why a text or a call did not arrive, in words for the people who run the service and for agents.

Source: https://www.twilio.com/docs/api/errors
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ENGLISH: Final = MappingProxyType(
    {
        14107: "too many texts between the two numbers",
        20003: "the carrier does not know our account or token",
        20005: "our account is suspended",
        20404: "the carrier has no such account",
        20429: "too many requests to the carrier",
        20503: "the carrier could not be reached",
        21211: "this is no telephone number",
        21212: "our own number is no number",
        21408: "our account may not text this country",
        21606: "our own number is not on our account",
        21610: "the telephone wants no texts from us",
        21611: "too many texts wait at the carrier",
        21612: "the carrier has no way to this number",
        21614: "this is no mobile number",
        21617: "the text is too long",
        30001: "the text waited too long at the carrier",
        30002: "our account was suspended on the way",
        30003: "the telephone is off or out of reach",
        30004: "the telephone or its carrier blocks texts",
        30005: "nobody has this number",
        30006: "this is a landline",
        30007: "filtered as spam",
        30008: "nobody knows what became of the text",
        30017: "the network was congested",
        90001: "the caller reached us first",
        90002: "an agent settled it in another way",
        90003: "it could not be handed over in time, and then it said nothing useful any more",
        90004: "the lent telephone that it was for came back",
    }
)
_RUSSIAN: Final = MappingProxyType(
    {
        14107: "слишком много сообщений между двумя номерами",
        20003: "оператор связи не знает нашего аккаунта или ключа",
        20005: "наш аккаунт приостановлен",
        20404: "у оператора связи нет такого аккаунта",
        20429: "слишком много запросов к оператору связи",
        20503: "оператор связи недоступен",
        21211: "это не телефонный номер",
        21212: "наш собственный номер записан неверно",
        21408: "нашему аккаунту нельзя писать в эту страну",
        21606: "наш номер не принадлежит нашему аккаунту",
        21610: "на этот телефон просили не писать",
        21611: "у оператора связи скопилось слишком много сообщений",
        21612: "у оператора связи нет пути к этому номеру",
        21614: "это не мобильный номер",
        21617: "сообщение слишком длинное",
        30001: "сообщение слишком долго ждало у оператора связи",
        30002: "наш аккаунт приостановили по пути",
        30003: "телефон выключен или вне сети",
        30004: "телефон или его оператор не принимает сообщения",
        30005: "такого номера нет",
        30006: "это стационарный телефон",
        30007: "сообщение приняли за спам",
        30008: "что стало с сообщением, неизвестно",
        30017: "сеть была перегружена",
        90001: "человек дозвонился сам",
        90002: "оператор решил вопрос иначе",
        90003: "сообщение не удалось передать вовремя, и оно потеряло смысл",
        90004: "телефон, который был выдан на время, вернули",
    }
)
_TATAR: Final = MappingProxyType(
    {
        14107: "ике номер арасында хәбәр артык күп",
        20003: "элемтә операторы безнең аккаунтны яки ачкычны белми",
        20005: "безнең аккаунт туктатылган",
        20404: "элемтә операторында мондый аккаунт юк",
        20429: "элемтә операторына сорау артык күп",
        20503: "элемтә операторы белән тоташып булмый",
        21211: "бу телефон номеры түгел",
        21212: "безнең номер дөрес язылмаган",
        21408: "безнең аккаунтка бу илгә язарга ярамый",
        21606: "безнең номер безнең аккаунтта түгел",
        21610: "бу телефон бездән хәбәр теләми",
        21611: "элемтә операторында көтеп торган хәбәр артык күп",
        21612: "элемтә операторының бу номерга юлы юк",
        21614: "бу мобиль номер түгел",
        21617: "хәбәр артык озын",
        30001: "хәбәр элемтә операторында артык озак көткән",
        30002: "хәбәр юлда чакта безнең аккаунт туктатылган",
        30003: "телефон сүндерелгән яки челтәрдән тыш",
        30004: "телефон яки аның операторы хәбәр кабул итми",
        30005: "мондый номер юк",
        30006: "бу стационар телефон",
        30007: "хәбәр спам дип саналган",
        30008: "хәбәргә нәрсә булганы билгесез",
        30017: "челтәр артык тулы булган",
        90001: "кеше үзе безгә шалтыраткан",
        90002: "оператор мәсьәләне башкача хәл иткән",
        90003: "хәбәрне вакытында тапшырып булмады, аның мәгънәсе бетте",
        90004: "вакытлыча бирелгән телефон кире кайтарылды",
    }
)
WORDS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType({"en": _ENGLISH, "ru": _RUSSIAN, "tt": _TATAR})
_OTHERS: Final = MappingProxyType({"en": "error", "ru": "ошибка", "tt": "хата"})


def in_words(code: int | None, language: str = "en") -> str | None:
    """What an error number means; the number itself where we have no words for it; None for none."""
    if code is None:
        return None
    spoken = language if language in WORDS else "en"
    return WORDS[spoken].get(code, f"{_OTHERS[spoken]} {code}")
