"""The benchmark of worlds: sentences in three levels, each with checks in code that no generator sees."""
