"""What each measure means, in the words that `?` and docs/measures.md show."""

from __future__ import annotations

from agent_tui.domain.values.measures import MEASURES, Definition, Dimension, Measure

DIMENSIONS: dict[Dimension, tuple[str, str]] = {
    "trust": ("Trust", "we do what we said, and once is enough"),
    "openness": ("Openness", "they begin, and their words are written down"),
    "transparency": ("Transparency", "they know what was agreed, what slips, what is decided"),
    "appropriateness": ("Appropriateness", "we reach them as they asked to be reached"),
    "longevity": ("Longevity", "how long they have been with us, and whether they still are"),
}
"""The title of each dimension, and what it asks."""

SAME_NEED_DAYS = 14
"""Within how many days the same topic counts as the same need."""
USUAL_CONTACTS = 3
"""Contacts from which on somebody has a gap that is usual for them."""
LONG_SILENCE = 2
"""A silence is long from so many times somebody's usual gap on."""

YEARS: tuple[tuple[str, str], ...] = (
    ("under_1", "under a year"),
    ("from_1", "1 to 2 years"),
    ("from_3", "3 to 5 years"),
    ("from_6", "6 to 10 years"),
    ("from_11", "11 years and more"),
)
YEAR_BOUNDS = (1, 3, 6, 11)
"""In which year each band but the first begins."""
SILENCE: tuple[tuple[str, str], ...] = (
    ("within", "within their usual gap"),
    ("over", "over it, up to twice"),
    ("over_2", "over twice, up to four times"),
    ("over_4", "over four times"),
)
SILENCE_BOUNDS = (1, 2, 4)
"""Over how many times the usual gap each band but the first begins."""

_OWNERS = "It is counted with whose promise it is now, whoever made it."
_TAKEN = "Calls that nobody took are in neither."

_ALL = (
    Definition(
        "promises_kept",
        "trust",
        "Promises kept in time",
        "Whether what we promised was done by the time that we named.",
        "promises of ours that were kept no later than their due time",
        "promises of ours whose due time fell into the period and has passed; one that was moved "
        "counts under the time first named as not kept, and again under the new time; one that "
        "was let off before it was due, or taken out at the wrap-up as never promised, is in "
        "neither",
        "promises without a due time, by the day when they were made; and promises that a file "
        "calls kept or withdrawn without saying when",
        "Whether it was worth promising, or done well. A promise that they themselves asked to "
        "move counts as not kept in time. Where much came from files, those that are left are not "
        "like the rest: what a file calls kept has no time and is missing, what it calls broken "
        f"needs none and is counted. {_OWNERS}",
    ),
    Definition(
        "promises_late_told",
        "trust",
        "Late, but they knew before",
        "Whether somebody was told in time that a promise would not be kept as it was made. It "
        "stands beside the promises kept, of which it is no part.",
        "promises of ours that were not kept by their due time, and of which the customer was "
        "told before it",
        "promises of ours whose due time fell into the period and passed without their being kept, "
        "and of which it is written down whether the customer was told; those that were kept in "
        "time are in neither",
        "as with promises kept; and promises that slipped without anybody saying whether the "
        "customer was told",
        f"What they said when they heard it. {_OWNERS}",
    ),
    Definition(
        "same_need_again",
        "trust",
        "The same need again within 14 days",
        "How often somebody had to come a second time for the same thing.",
        "contacts that they began with a topic of an earlier contact with them, whoever began "
        "that, at most 14 days before",
        "contacts that they began, of known customers, with at least one topic",
        "contacts that they began without a topic, or of nobody known: whether the need was the "
        "same is not known",
        "Whose work left the need open: it is counted with who took the later contact. The same "
        "topic may be another matter, and the same matter may have another topic.",
    ),
    Definition(
        "started_by_customer",
        "openness",
        "Started by them",
        "Whether they come to us, or we to them.",
        "contacts that the customer began",
        "all contacts, those that nobody took included",
        "none: of every contact it is known who began it",
        "Whether that is good. Many may call because nobody called them, and a floor that only "
        "answers never looks after anybody.",
    ),
    Definition(
        "agenda_recorded",
        "openness",
        "What they wanted is written down",
        "Whether a contact begins with what they want, in their words.",
        "contacts with an agenda",
        f"contacts that are wrapped up, or have an agenda already. {_TAKEN}",
        "contacts that are not wrapped up yet and have no agenda so far",
        "Whether the words are theirs, or complete.",
    ),
    Definition(
        "read_back_agreed",
        "transparency",
        "Read back and agreed",
        "Whether they heard what was written down at the end, and said that it is right.",
        "contacts whose summary was read back, and agreed to",
        f"contacts that are wrapped up and say whether it was read back. {_TAKEN}",
        "contacts that are not wrapped up yet, or whose wrap-up does not say it, as those from "
        "files",
        "Whether they would say the same a day later. What was read back and disputed, and what "
        "was not read back, are both among the others.",
    ),
    Definition(
        "slips_told",
        "transparency",
        "Slips told before they were due",
        "Of what we could not keep, how much they heard of before the time had come.",
        "promises of ours that were not kept by their due time, and of which the customer was "
        "told before it",
        "promises of ours that were not kept by their due time, which fell into the period, and "
        "of which somebody said whether the customer was told",
        "promises of ours that were not kept by their due time, and of which nobody said it: "
        "above all those that are open and late, or were kept late",
        f"How late it was. {_OWNERS}",
    ),
    Definition(
        "decisions_told",
        "transparency",
        "Decisions told, with the reason",
        "Whether who complained was told what was decided, and why.",
        "complaints whose decision has a reason and was told to the customer",
        "complaints that were decided in the period",
        "complaints opened in the period that were closed without a decision on record, as those "
        "from files",
        "Whether the decision was fair, or the reason understood. It is counted with who wrote "
        "the complaint down, not with who decided.",
    ),
    Definition(
        "copies_given",
        "transparency",
        "Copies of the file given",
        "How often somebody asked what is written about them, and had it.",
        "copies of the whole file that a customer was given",
        "requests for one",
        "everything: the desk keeps no record of it yet",
        "Anything, so far.",
        not_counted="not recorded yet",
    ),
    Definition(
        "preferred_channel",
        "appropriateness",
        "In the way they prefer",
        "Whether we reach people where they like to be reached.",
        "contacts that we began on a channel that fits a way which the customer prefers: phone "
        "and SMS a telephone number, e-mail an address for it, chat and web a handle, a visit a "
        "postal address",
        "contacts that we began with customers of whom a preferred way is known",
        "contacts that we began with customers of whom none is known, or with nobody known",
        "What they preferred at that time: it is what they prefer now. Nor whether the preferred "
        "way was tried first.",
    ),
    Definition(
        "preferred_time",
        "appropriateness",
        "At the time they prefer",
        "Whether we reach people when they like to be reached.",
        "contacts that we began at a time which the customer prefers",
        "contacts that we began with customers of whom a preferred time is known",
        "everything: when somebody likes to be reached is kept in words alone (“prefers "
        "mornings”), which are read by people and not counted",
        "Anything, so far.",
        not_counted="kept in words alone, which are not counted",
    ),
    Definition(
        "offers_after_met",
        "appropriateness",
        "Offers after they had what they came for",
        "Whether an offer came after the customer's own matter, never instead of it.",
        "runs of scripts of the kind offer in contacts with an agenda which is met",
        "runs of scripts of the kind offer in contacts that say whether the agenda was met",
        "runs of scripts of the kind offer in contacts that do not say it",
        "Offers that were made without a script. The desk opens no offer before the agenda is "
        "met, so that others are those of which it turned out later that it was not.",
    ),
    Definition(
        "known_asked_again",
        "appropriateness",
        "Known things asked again (target: none)",
        "Whether people are asked what they have told us already, or would rather not say.",
        "things asked at the prompting of the desk which the customer had answered or declined "
        "before",
        "things asked at the prompting of the desk, whether they were answered or declined; to "
        "confirm what has aged is no such thing",
        "prompts of which nobody said whether it was asked",
        "What agents ask of their own accord, which nobody records.",
    ),
    Definition(
        "preference_breaches",
        "appropriateness",
        "Contacts they had asked us not to make (target: none)",
        "Whether we reach people in a way for which they withdrew their consent.",
        "contacts that we began by a way for which consent had been withdrawn by then: by that "
        "very number or address, or where it is not known which, by every one that fits the "
        "channel",
        "contacts that we began by ways of which the customer has said whether we may use them",
        "contacts that we began by ways of which they never said it, or with nobody known; and "
        "those where nobody knows since when consent is withdrawn, as from files",
        "Consent that was withdrawn and given again since. Refusals of another kind are kept by "
        "the desk before an offer, and are not counted here.",
    ),
    Definition(
        "years_since_first",
        "longevity",
        "Years since the first contact",
        "How long those who were in touch have known us.",
        "customers who were in touch in the period, by how long before its end their first "
        "contact was",
        "customers who were in touch in the period",
        "contacts of the period with nobody known",
        "Those who were not in touch; and contacts before the records begin.",
        YEARS,
    ),
    Definition(
        "silence_over_usual",
        "longevity",
        "Silence against their own usual gap",
        "Who of those that were in touch has been silent for longer than is usual for them.",
        "customers who were in touch in the period, by how long they have been silent as of now, "
        "in times of the mean gap between their contacts",
        "customers who were in touch in the period and have three contacts or more",
        "customers with fewer than three contacts, who have no usual gap yet",
        "Why they are silent. Whoever has what they need does not call.",
        SILENCE,
    ),
    Definition(
        "returns_after_silence",
        "longevity",
        "Returns after a silence",
        "How many come back after a silence that was long for them.",
        "contacts that they began after a silence of more than twice the mean gap between their "
        "contacts before",
        "contacts that they began, of known customers with three contacts or more before",
        "contacts that they began with fewer than three contacts before, or of nobody known",
        "What brought them back.",
    ),
)

DEFINITIONS: dict[Measure, Definition] = {one.measure: one for one in _ALL}
"""Every measure, in the order of its dimension."""

assert tuple(DEFINITIONS) == MEASURES


def of_dimension(dimension: Dimension) -> tuple[Definition, ...]:
    """The measures of a dimension."""
    return tuple(one for one in _ALL if one.dimension == dimension)
