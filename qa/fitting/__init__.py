"""Making a calibration from labelled questions."""

from qa.fitting.fitting import fit
from qa.fitting.observations import load_observations, observe, save_observations

__all__ = ["fit", "load_observations", "observe", "save_observations"]
