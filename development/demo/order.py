"""The order of the demo: Tatarstan's, and more, so that reviewers, employers and duty officers have something to do."""

from codes.regimes import preset
from settings import DEFAULT_REGIME

REVIEWED, EMPLOYED = 11, 12
_MORE = f"""

[[purposes]]
number = {REVIEWED}
name = {{ ru = "Другая причина", tt = "Башка сәбәп", en = "Other reason" }}
validity = {{ days = 1 }}
approval = "review"
book_ahead_days = 7
fields = ["reason"]
[purposes.papers]
need = "optional"
hint = {{ ru = "Что подтверждает причину", tt = "Сәбәпне раслый торган кәгазь", en = "What shows the reason" }}
[purposes.keywords]
ru = ["другая причина", "собеседование", "архив"]
tt = ["башка сәбәп", "әңгәмә"]
en = ["other reason", "interview", "archive"]

[[purposes]]
number = {EMPLOYED}
name = {{ ru = "Аварийная служба", tt = "Авария хезмәте", en = "Repair crew" }}
validity = {{ days = 7 }}
counts = false
employer = true
approval = "review"
fields = ["organisation"]
[purposes.keywords]
ru = ["аварийная служба", "аварийная бригада"]
tt = ["авария хезмәте"]
en = ["repair crew"]

[[examples]]
text = "Цель {REVIEWED}"
meaning = "request {REVIEWED}"
gloss = "Another reason: a person decides"

[[examples]]
text = "repair crew"
meaning = "request {EMPLOYED}"
gloss = "Work in a repair crew"

[isolation]
checks_a_day = 4
window_minutes = 15
authority = {{ ru = "Поликлиника № 4", tt = "4 нче поликлиника", en = "Clinic No. 4" }}
[isolation.news]
ru = "Продукты и лекарства привозят волонтёры: 8 800 000-00-00."
tt = "Ризык һәм даруларны волонтёрлар китерә: 8 800 000-00-00."
en = "Volunteers bring food and medicine: 8 800 000-00-00."
"""


def demo_order() -> str:
    """Its TOML text."""
    return preset(DEFAULT_REGIME) + _MORE
