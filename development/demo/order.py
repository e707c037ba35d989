"""The order of the demo: Tatarstan's, and two purposes more, so that reviewers and employers have something to do."""

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
"""


def demo_order() -> str:
    """Its TOML text."""
    return preset(DEFAULT_REGIME) + _MORE
