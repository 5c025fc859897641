"""The language of rules: what is waited for and what is done, read from English, or refused with the words that stand alone."""
