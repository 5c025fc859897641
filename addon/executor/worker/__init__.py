"""The script worker: what runs in its process. Standard library alone, imported without the packages around it."""
