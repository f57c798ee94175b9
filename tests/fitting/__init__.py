"""Tests of `qa.fitting`."""
