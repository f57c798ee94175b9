"""The door to scikit-learn, which only fitting needs, so that it is an extra of this package and loaded when it is used."""

from typing import Any

from qa.exceptions import BronvraagError


def logistic_regression(**settings: Any) -> Any:
    """Return an unfitted `LogisticRegression` of scikit-learn.

    Raises:
        BronvraagError: scikit-learn is not installed.
    """
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise BronvraagError("fitting_needs_more") from error
    return LogisticRegression(**settings)
