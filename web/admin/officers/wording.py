"""How the pages of officers say what the rules mean."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.police.enlisting import SheetTrouble, Trouble
from web.words import later

TROUBLES: Mapping[str, str] = MappingProxyType(
    {
        Trouble.NUMBER: later("No telephone number"),
        Trouble.UNIT: later("No unit, or one of more than 80 signs"),
        Trouble.ZONE: later("The order has no such zone"),
        Trouble.TWICE: later("The number stands higher up already"),
        Trouble.ENROLLED: later("An officer serves on this number already"),
    }
)
SHEETS: Mapping[str, str] = MappingProxyType(
    {
        SheetTrouble.EMPTY: later("There is no line in it"),
        SheetTrouble.COLUMNS: later("The first line names the columns: telephone, unit and, if wanted, zone"),
        SheetTrouble.LONG: later("At most 200 lines at a time"),
    }
)
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "officer_done": ("success", later("Done. The PIN was shown once; if it got lost, make a new one.")),
        "officer_transferred": ("success", later("Changed.")),
        "officer_unlocked": ("success", later("Unlocked. The officer can go on.")),
        "officer_unlocked_before": ("problem", later("The officer was unlocked before.")),
        "officer_left": ("success", later("They serve no more: their telephone is answered like everybody's.")),
        "officer_linked": ("success", later("The link was shown once; if it got lost, make a new one.")),
        "officer_gone": ("problem", later("No such officer serves any more.")),
        "officer_taken": ("problem", later("Nobody was enrolled: look at the lines again.")),
        "officers_done": ("success", later("Done. The PINs were shown once; whose got lost, gets a new one.")),
    }
)
