"""Tests of `qa.library`."""
