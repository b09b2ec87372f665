"""Advice: rule sets, the snapshot that every process derives, and what a visitor sees of it.

What to call (with one View for the whole request, and its moment):

    advise.read_context(view, data)               -> Context   | raises DefinitionError (4xx)
    advise.advise(view, outcome, context, now)    -> Advice(decision, shown)
        outcome: of a Stopped or Complete, or recommender.default_assessment(condition key)
        shown: JSON-ready, for the visitor:
            type "advice":   outcome, slots [{slot, items [{key, type, card, score, why, pinned,
                             paid, cautions, guideline_stance, evidence, review, claim,
                             free_alternatives}]}], withheld {reason: count}, must_show
            type "referral": outcome {urgency, certainty, where, flags}, must_show; no items
            both:            snapshot, blocked, epoch, number, day, locale, rules, ranking
        must_show: [{kind, text, …}], kind emergency | referral | not_sure | safety_net | flag |
                   disclosure | supplement | example_not_reviewed
        raises recommender.Breach: a fault in the program; answer 500, never half an advice
    defaults.composed(view, condition, locale, now) -> the advice for a condition without a
                       screening, as it is sent and cached; None: no such page is live
    present.outcome(outcome, locale)              -> the outcome alone, in one language
    must_show.of_outcome(outcome, view, locale)   -> what must be shown with the outcome alone

A request reads the View only; it touches no database and logs nothing.

To replay: replaying.replay_at(advice.decision.to_json(), number) makes the same decision again
from the recorded items, rule sets and blocked sets.
To change: editors write rows (editing/), which publishing freezes; in code
rule_sets.publish(definition), publish_again(slug, version) and withdraw(slug), or manage.py
publish_rules. To try out: manage.py advise.
"""
