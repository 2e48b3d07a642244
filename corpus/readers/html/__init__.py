"""Saved web pages: the notice without the page around it.

``reader.py`` reads a page, ``mhtml.py`` one that is packed with its pictures.
"""
