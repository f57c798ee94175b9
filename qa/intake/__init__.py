"""Documents that people add and remove while questions are answered."""

from qa.intake.intake import Intake, Outcome, Received

__all__ = ["Intake", "Outcome", "Received"]
