"""What the terminal shows once the example answers."""

import json

# Nine weeks of back pain, bad sleep, none of the alarm signs, nothing that limits the advice.
WISH = {
    "screening": "lage-rugpijn",
    "version": 1,
    "answers": {
        "bladder": False,
        "saddle": False,
        "both_legs": False,
        "duration": {"value": 9, "unit": "weeks"},
        "course": "same",
        "bad_sleep": True,
        "pregnancy": False,
        "health": ["none"],
    },
    "context": {"locale": "nl"},
}


def text(base: str, editor: str, password: str) -> str:
    body = json.dumps(WISH)
    return f"""
Herstelwijzer: an example that no clinician has reviewed.

  CMS         {base}/admin/   (log in as {editor}, password {password})
  API docs    {base}/api/docs/
  a page      {base}/api/v1/content/nl/rug/lage-rugpijn
  health      {base}/health/ready

Advice for somebody with nine weeks of back pain and bad sleep:

  curl -s {base}/api/v1/recommendations -H 'Content-Type: application/json' \\
    -d '{body}'

Ctrl-C ends it."""
