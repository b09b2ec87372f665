"""The whole product in one story. What each verb does over HTTP stands in storyteller.py."""

from tests.storyteller import Story, story

__all__ = ["story"]

NINE_WEEKS_AND_BAD_SLEEP = {
    "bladder": False,
    "saddle": False,
    "both_legs": False,
    "fracture_signs": ["none"],
    "duration": {"value": 9, "unit": "weeks"},
    "course": "same",
    "health": ["none"],
    "hindrances": ["bad_sleep"],
    "pregnancy": False,
}


def test_from_an_editors_words_to_a_counted_click_and_gone_again(story: Story) -> None:
    editor, visitor, marketing = story.editor, story.visitor, story.marketing

    # An editor changes the mattress's page. A draft is nobody's business.
    editor.writes("matras", lead="Een matras dat bij jouw rug past.")
    assert visitor.reads("matras")["lead"] != "Een matras dat bij jouw rug past."
    editor.publishes("matras")
    assert visitor.reads("matras")["lead"] == "Een matras dat bij jouw rug past."

    # A visitor with nine weeks of back pain and bad sleep answers the screening ...
    assert visitor.answers({})["status"] == "in_progress"
    outcome = visitor.answers(NINE_WEEKS_AND_BAD_SLEEP)
    assert outcome["outcome"]["profile"] == 2

    # ... and is advised, with reasons that add up, and with the words of today.
    advice = visitor.is_advised(outcome["outcome_token"])
    mattress = advice.item("matras")
    assert mattress["card"]["lead"] == "Een matras dat bij jouw rug past."
    assert sum(reason["points"] for reason in mattress["why"]) == mattress["score"]
    assert "disclosure" in advice.must_show

    # They find the same page by searching, and go to a shop. It is counted, they are not.
    assert "matras" in visitor.finds("matras")
    offer = mattress["offers"][0]
    assert visitor.clicks(offer["href"]).startswith("https://")
    assert marketing.clicks_on(offer["key"], "advice after a screening") == 1

    # Somebody whose bladder changed is told whom to call, and is sold nothing.
    referral = visitor.answers({"bladder": True})
    assert (referral["status"], referral["outcome"]["urgency"]) == ("stopped", "emergency_now")
    assert referral["must_show"][0]["phone"] == "112"
    told = visitor.is_advised(answers={"bladder": True})
    assert told.type == "referral"
    assert not told.mentions_anything_of("matras")

    # The mattress is withdrawn, in both languages: gone everywhere at once, its old link too.
    editor.withdraws("mattress")
    editor.withdraws("matras")
    assert visitor.reads("matras") is None
    assert "matras" not in visitor.finds("matras")
    assert visitor.is_advised(outcome["outcome_token"]).item("matras") is None
    assert visitor.clicks(offer["href"]) is None
    assert marketing.clicks_on(offer["key"], "advice after a screening") == 1
