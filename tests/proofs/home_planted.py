"""What is planted in a case at home: places, names, numbers and words that nothing else has."""

from typing import Final

from tests.proofs.spots import Spot

PATIENT, CONTACT, LENT = "+79173457781", "+79173457792", "+79173457803"
NAME, DOCUMENT = "Жаворонков Кулик Чибисович", "9876541239"
ADDRESS, REASON, NOTE = "улица Крапивникова 83, кв. 19", "Предписание пеночка-7", "ключ у Оляпкиной"
SERIAL, MOVED, WENT = "SN-PEGANKA-4471", "к тётке Чечёткиной", "везу зимородка к врачу"
REPLY, APPEAL = "я варила суп из кряквы", "меня оболгал коростель"
DECIDED, SENT, OUTCOME = "соседка Варакушкина видела", "Вас видели у гаичкина пруда", "суд у Мухоловкина"
REPLIED = "спросите у Дубоносова"
HOME: Final[Spot] = (55.794683, 49.127591)
TYPED: Final[Spot] = (55.813947, 49.214863)
ELSEWHERE: Final[Spot] = (55.821759, 49.236174)
BOX: Final[tuple[Spot, Spot]] = ((55.788351, 49.103746), (55.790864, 49.108295))
ANSWERED: Final[Spot] = (55.794719, 49.127643)
AWAY_DEGREES = 0.006317
"""North of home, some 700 m."""
PLANTED = (
    *(PATIENT, CONTACT, LENT, *NAME.split(), DOCUMENT, ADDRESS, "Крапивникова", "пеночка", NOTE, "Оляпкиной"),
    *(SERIAL, "Чечёткиной", WENT, "зимородка", REPLY, APPEAL, "коростель", DECIDED, "Варакушкина", SENT, "гаичкина"),
    *("Мухоловкина", "Дубоносова"),
)
