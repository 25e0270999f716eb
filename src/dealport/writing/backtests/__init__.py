"""Backtests and fitted weights as files."""
