"""What answers look like, for the OpenAPI document: one module for each kind of endpoint.

Nothing is made by these: answers are composed elsewhere, and tests hold them against these.
"""
