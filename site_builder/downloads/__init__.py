"""What the site offers to programs: JSON with schemas, a bulk file, a feed, a sitemap, linked data.

Each module knows one of them; ``files`` is the list of those that hold data.
"""
