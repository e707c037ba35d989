"""The networks, one set a thread: OpenCV's are not to be shared."""

import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from monitoring.weights import DETECTOR, EYES, RECOGNISER, Weights, read_weights, used

FOUND = 0.6
"""The least score of what counts as a face."""
_OVERLAP, _MOST = 0.3, 5000
_here = threading.local()


class Networks:
    """What finds faces, tells them apart, and outlines eyes. Raises WrongWeights."""

    def __init__(self, folder: Path) -> None:
        nothing = np.empty(0, np.uint8)
        self.detector = cv2.FaceDetectorYN.create(
            "onnx", _buffer(DETECTOR, folder), nothing, (320, 320), FOUND, _OVERLAP, _MOST
        )
        self.recogniser = cv2.FaceRecognizerSF.create("onnx", _buffer(RECOGNISER, folder), nothing)
        self.eyes = cv2.dnn.readNetFromTFLite(_buffer(EYES, folder))


def networks(folder: Path) -> Networks:
    """This thread's networks, read from the folder when first asked for."""
    known: dict[Path, Networks] = _here.__dict__.setdefault("known", {})
    if folder not in known:
        cv2.setNumThreads(1)  # one core a photo: the others are for texts
        known[folder] = Networks(folder)
    return known[folder]


def _buffer(weights: Weights, folder: Path) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    return np.frombuffer(read_weights(used(weights, folder), folder), np.uint8)
