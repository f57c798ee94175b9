"""Tests of `qa.measuring`."""
