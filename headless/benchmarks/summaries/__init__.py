"""Summaries of runs in plain English, and how much of them is so."""
