"""Rules of a survey: parsed once into a frozen tree, read by several back ends.

`parse` makes the tree (`nodes`); `evaluate` gives it ODK's meaning in Python, `script` the same for the browser,
`columns` the statistical, three-valued meaning over data frames, and `words` says it in a sentence.
"""
