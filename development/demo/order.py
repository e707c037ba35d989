"""The order of the demo: Tatarstan's, and two purposes more, so that reviewers and employers have something to do."""

from codes.regimes import preset
from settings import DEFAULT_REGIME

REVIEWED, EMPLOYED = 11, 12
_MORE = f"""

[[purposes]]
number = {REVIEWED}
name = {{ ru = "Другая причина", tt = "Башка сәбәп", en = "Other reason" }}
validity = {{ minutes = 180 }}
approval = "review"
fields = ["reason"]
[purposes.papers]
need = "optional"
hint = {{ ru = "Что подтверждает причину", tt = "Сәбәпне раслый торган кәгазь", en = "What shows the reason" }}

[[purposes]]
number = {EMPLOYED}
name = {{ ru = "Аварийная бригада", tt = "Авария бригадасы", en = "Repair crew" }}
validity = {{ days = 7 }}
counts = false
employer = true
approval = "review"
fields = ["organisation"]
"""


def demo_order() -> str:
    """Its TOML text."""
    return preset(DEFAULT_REGIME) + _MORE
