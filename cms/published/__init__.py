"""The numbered list of publications: the one way in which anything becomes live.

Read in this order (half an hour): models, touches, registry, numbering, view, replica, compose.
`docs/publications.md` is the same walk in prose.
"""
