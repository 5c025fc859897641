"""Recorded runs whose events were judged by eye: what detectors of patterns find right, find wrong, and miss."""
