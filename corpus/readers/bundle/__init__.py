"""ZIP bundles: a notice and its annexes, each a file, as one document.

``reader.py`` reads them, ``annexes.py`` tells which file is what.
"""
