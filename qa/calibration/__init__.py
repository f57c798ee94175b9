"""What was fitted from labelled questions: how candidates are ranked, how sure an answer is, and when it is refused."""

from qa.calibration.calibration import Calibration, ErrorRates, ReliabilityBin, calibration_of
from qa.calibration.relevance import AnswerModel, LogisticModel

__all__ = ["AnswerModel", "Calibration", "ErrorRates", "LogisticModel", "ReliabilityBin", "calibration_of"]
