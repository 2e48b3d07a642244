"""Lines of lists, the same on every page; long lists on several pages; events by month."""
