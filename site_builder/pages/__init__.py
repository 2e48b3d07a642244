"""The pages of the site, a module for each kind: what its template is given, and who fills it."""
