"""PDFs: the words of the notice in the order of reading, without what belongs to the page.

``reader.py`` puts the steps together, from glyphs to paragraphs.
"""
