"""What the terminal shows once the example answers."""

import json

# Nine weeks of back pain, bad sleep, none of the alarm signs, nothing that limits the advice.
WISH = {
    "screening": "lage-rugpijn",
    "version": 3,
    "answers": {
        "bladder": False,
        "saddle": False,
        "both_legs": False,
        "fracture_signs": ["none"],
        "duration": {"value": 9, "unit": "weeks"},
        "course": "same",
        "health": ["none"],
        "hindrances": ["bad_sleep"],
        "pregnancy": False,
    },
    "context": {"locale": "nl"},
}


def text(base: str, site: str, editor: str, password: str) -> str:
    body = json.dumps(WISH)
    return f"""
Herstelwijzer: an example that no clinician has reviewed.

  website     {site}
  CMS         {base}/admin/   (log in as {editor}, password {password})
  API docs    {base}/api/docs/
  a page      {base}/api/v1/content/nl/rug/lage-rugpijn
  health      {base}/health/ready

Advice for somebody with nine weeks of back pain and bad sleep:

  curl -s {base}/api/v1/recommendations -H 'Content-Type: application/json' \\
    -d '{body}'

Ctrl-C ends it."""
