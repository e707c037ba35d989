"""Reading faces on photos, with OpenCV: `compare` two, or `look` at one.

The service does it in a process of its own (`python -m monitoring.selfie`, started by `monitoring.photos.reader`),
since photos come from strangers. Nothing here knows the case store, and no photo is sent anywhere.
"""

from monitoring.readings import Reading
from monitoring.selfie.comparing import compare

__all__ = ["Reading", "compare"]
