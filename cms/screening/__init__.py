"""Screenings: frozen versions, published like everything else and compiled in every process.

What to call (with a View and the moment of the request):

    run.names(view, now)                              -> {slug: newest version}
    run.evaluate(view, slug, answers, now, version)   -> InProgress | Stopped | Complete
    run.screening(view, slug, now, version)           -> the compiled Screening (.hash, .questions)
        both raise run.UnknownScreening (404) and run.WithdrawnScreening (410, .successor)

To read a version, compose key "screening:<slug>@<version>": {title, slug, version, withdrawn,
notice, seconds, hash, created, withdrawn_at, successor, definition}. It stays readable when it is
withdrawn.

Tokens, instead of answers that are sent again (nothing of them is stored):

    tokens.seal(screening, answers, complete, now)    -> Sealed(token, expires)
    tokens.redeem(view, token, now)                   -> the same result
        raises tokens.BadToken (400) and run.WithdrawnScreening (410)

To change: freeze.freeze(definition), freeze.withdraw(slug, version, by=, why=), manage.py
freeze_screening, or "Screenings" in the admin.
"""
