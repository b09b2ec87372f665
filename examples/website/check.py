"""A screening, one question at a time, and the advice or the referral that it ends in.

Nothing is kept between two requests: all answers so far come with each form and go back in the
next one. So there is no address that says anything about a visitor.
"""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from examples.website import answers, trail
from examples.website.answers import Fault
from examples.website.client import Document, Problem
from examples.website.headers import PRIVATE
from examples.website.locales import chosen
from examples.website.site import api
from examples.website.trail import Trail

routes = Blueprint("check", __name__, url_prefix="/vragen")

STATUS_OF_FAULT = 422


@dataclass(frozen=True)
class Sent:
    """What a form brought: the version that is asked from, the answers so far, and the way to go
    on from there."""

    slug: str
    version: int
    trail: Trail
    question: str
    go: str


@routes.get("/<slug>")
def begin(slug: str) -> Any:
    version = api().get("screenings", slug)
    sent = Sent(slug, int(version["version"]), [], "", "next")
    return step(sent, version)


@routes.post("/<slug>")
def go_on(slug: str) -> Any:
    """Raises BadTrail for a form that this website did not write."""
    number = request.form.get("version", "")
    if not (number.isascii() and number.isdigit()):
        raise trail.BadTrail
    given = trail.read(request.form.get("answers", ""))
    sent = Sent(
        slug, int(number), given, request.form.get("question", ""), request.form.get("go", "next")
    )
    version = api().get("screenings", slug, "versions", number)
    match sent.go:
        case "back":
            return back(sent, version)
        case "json":
            return behind(sent)
        case _:
            return answered(sent, version) if sent.question else step(sent, version)


def answered(sent: Sent, version: Document) -> Any:
    """One more answer. What is wrong with it is said at the question itself."""
    question = questions(version).get(sent.question)
    if question is None:
        raise trail.BadTrail
    fields = request.form.to_dict(flat=False)
    try:
        answer = answers.read(question, fields)
        more = [pair for pair in sent.trail if pair[0] != sent.question]
        return step(replace(sent, trail=[*more, (sent.question, answer)]), version)
    except Fault as fault:
        return ask(sent, version, sent.question, fields=fields, fault=fault)
    except Problem as problem:
        if not blames(problem, sent.question):
            raise
        return ask(sent, version, sent.question, fields=fields, fault=Fault("other"))


def blames(problem: Problem, question: str) -> bool:
    errors = problem.document.get("errors", [])
    return any(error.get("pointer") == f"/answers/{question}" for error in errors)


def back(sent: Sent, version: Document) -> Any:
    if not sent.trail:
        return step(sent, version)
    *before, (key, answer) = sent.trail
    question = questions(version).get(key)
    if question is None:
        raise trail.BadTrail
    fields = answers.filled(question, answer)
    return ask(replace(sent, trail=before), version, key, fields=fields)


def step(sent: Sent, version: Document) -> Any:
    """The next question, or how it ends."""
    result = evaluate(sent)
    if result["status"] == "in_progress":
        return ask(sent, version, result["next"][0], progress=result["progress"])
    because = told(result.get("reasons", []))
    if result["outcome"]["type"] == "assessment":
        result = recommend(sent)
    return ended(sent, result, because)


def ended(sent: Sent, result: Document, because: dict[str, list[str]]) -> Any:
    """Decided by the outcome and nothing else: beside a referral stands no item."""
    kind = "referral" if result["outcome"]["type"] == "referral" else "advice"
    return render_template(
        f"{kind}.html", result=result, because=because, sent=sent, answers=trail.write(sent.trail)
    )


def told(reasons: list[Document]) -> dict[str, list[str]]:
    """Each question that something rests on, once, with what was answered."""
    facts = [fact for reason in reasons for fact in reason.get("because", [])]
    return {fact["text"]: fact["answers"] for fact in facts}


def ask(
    sent: Sent,
    version: Document,
    key: str,
    *,
    progress: Document | None = None,
    fields: answers.Fields | None = None,
    fault: Fault | None = None,
) -> Response:
    # asked for once more without the answer that is wrong or taken back
    counted = progress or evaluate(sent).get("progress")
    body = render_template(
        "question.html",
        version=version,
        questions=questions(version),
        key=key,
        fields=fields or {},
        fault=fault,
        progress=counted,
        answers=trail.write(sent.trail),
        step=len(sent.trail) + 1,
        sent=sent,
    )
    response = make_response(body, STATUS_OF_FAULT if fault else 200)
    response.headers["Cache-Control"] = PRIVATE
    return response


def behind(sent: Sent) -> Response:
    """The JSON that the page before was made of, as the API gave it."""
    result = evaluate(sent)
    if result["status"] == "complete" and result["outcome"]["type"] == "assessment":
        result = recommend(sent)
    response = make_response(result)
    response.headers["Cache-Control"] = PRIVATE
    return response


def evaluate(sent: Sent) -> Document:
    body = {
        "version": sent.version,
        "answers": trail.answers(sent.trail),
        "locale": chosen(),
    }
    return api().post("screenings", sent.slug, "evaluate", body=body)


def recommend(sent: Sent) -> Document:
    body = {
        "screening": sent.slug,
        "version": sent.version,
        "answers": trail.answers(sent.trail),
        "context": {"locale": chosen()},
    }
    return api().post("recommendations", body=body)


def questions(version: Document) -> dict[str, Document]:
    return {question["key"]: question for question in version["definition"]["questions"]}
