"""Search in the browser: what can be found, and the files a query loads."""
