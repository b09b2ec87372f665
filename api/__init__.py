"""HTTP and nothing else: parse, one call, render.

A request under /api reads this process's View and no database. Read in this order: wsgi,
application, urls, endpoint, then one endpoint (content).
"""
