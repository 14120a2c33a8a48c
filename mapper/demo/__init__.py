"""The demonstration mapping: twelve synthetic suppliers whose interviews are made by walking the real questionnaires.

Everything is seeded: the same version of the program and of the questionnaires makes the same mapping.
"""
