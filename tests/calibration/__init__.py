"""Tests of `qa.calibration`."""
