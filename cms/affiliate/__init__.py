"""Affiliate: links to partners, what an offer shows, and the ledger of clicks.

What to call (with a View and the moment of the request):

    compose.offers(view, translation_key, placement, locale, now)   -> offers for a page or advice
    clicks.find(view, token, now)          -> Found | None (404)
    clicks.follow(found, …, now)           -> the address to send the visitor to; counted
    stock.sold_out(view)                   -> translation keys of what nobody has in stock

A click is spooled to a file before the visitor is answered (spool.py) and moved into the ledger by
a thread of every web process (drain.py, threads.py). Nothing about a visitor is kept: no address,
no browser, no page, no answer. docs/affiliate.md follows a click with a finger.
"""
