"""An example of a front end: a separate program that knows the JSON API and nothing else of ours.

python -m examples.website serve --api http://localhost:8000 --port 8001
"""
