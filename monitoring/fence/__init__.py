"""Whether a telephone left home: a decision of pure functions over a small state. No clock, no store, no flask."""

from monitoring.fence.detector import Detector

__all__ = ["Detector"]
