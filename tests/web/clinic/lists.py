"""Lists of people who have to stay at home, as a clinician sends them in."""

from io import BytesIO

from tests.web.clinic.ward import Ward

HEAD = "name;telephone;document;language;kind;way;last day;order;address;consent"
GOOD = "Петрова Анна;+79990000011;9219111111;ru;contact;call;2026-06-20;Приказ 7;улица Баумана, 3;2026-06-02"
OTHER = "Сидоров Пётр;+79990000012;9219222222;;confirmed;;20.06.2026;Приказ 7;;2026-06-02"


def tries(ward: Ward, *lines: str, head: str = HEAD) -> Ward:
    ward.opens("/clinic/list")
    return ward.sends("/clinic/list", sheet=(BytesIO("\n".join([head, *lines]).encode()), "list.csv"))


def proposes(ward: Ward, *lines: str) -> Ward:
    return tries(ward, *lines).sends(reason="Рейс 12")
