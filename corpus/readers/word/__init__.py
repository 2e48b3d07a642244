"""Word processors' documents, as printed, with their changes accepted.

``reader.py`` reads DOCX, ``office.py`` has LibreOffice make DOCX of other formats.
"""
