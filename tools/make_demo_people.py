"""Make the generated people of the demo desk, the same bytes for the same seed.

Usage: `python -m tools.make_demo_people --seed 7` writes `data/demo/town.jsonl`. The words come
from `demo_words.toml` beside this file; the format and the time offsets are those of
`data/demo/README.md`.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]

HERE = Path(__file__).parent
TOWN = HERE.parent / "data" / "demo" / "town.jsonl"
PEOPLE = 300
AGENTS = ("mira", "asha", "tom")
LATIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "ı": "i", "đ": "d"})
SPEAKERS = {"c": "customer", "a": "agent", "x": "action"}
CASE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY34679"


@dataclass(frozen=True)
class Locale:
    """Names that occur together, the most frequent first, and the language that goes with them."""

    language: str
    weight: int
    women: list[str]
    men: list[str]
    families: list[str]


@dataclass(frozen=True)
class Town:
    """A town, its area code with the first digits of the fictional range, and its share."""

    name: str
    code: str
    weight: int


@dataclass(frozen=True)
class Story:
    """One thing people come with: what is said, how it ends, and what follows from it."""

    topic: str
    weight: int
    channels: list[str]
    agenda: str
    lines: list[str]
    outcome: str
    note: str
    met: str = "yes"
    ours: str | None = None
    theirs: str | None = None
    case: tuple[str, str] | None = None
    fact: str | None = None
    gave: bool = False


@dataclass
class Maker:
    """Everything drawn from one seed; the order of the draws is the order of the file."""

    rng: random.Random
    locales: list[Locale]
    towns: list[Town]
    stories: list[Story]
    words: dict[str, list[str]]
    namesakes: dict[str, list[str]]
    reach: tuple[float, float, float] = (0.8, 0.35, 0.85)
    """The shares of those who have a mobile, a landline, an e-mail address."""
    mobiles: list[int] = field(init=False)
    landlines: dict[str, list[int]] = field(init=False)
    emails: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=lambda: {"C7K2", "C3RW"})

    def __post_init__(self) -> None:
        """Deal the numbers out once, above the ones that the hand-written people have."""
        self.mobiles = self.rng.sample(range(200, 1000), PEOPLE)
        codes = sorted({town.code for town in self.towns})
        self.landlines = {code: self.rng.sample(range(200, 1000), PEOPLE) for code in codes}

    def frequent(self, ranked: list[str]) -> str:
        """Draw from a list in which the share of the n-th falls with 1/(n + 3)."""
        return self.rng.choices(ranked, [1 / (rank + 4) for rank in range(len(ranked))])[0]

    def chance(self, share: float) -> bool:
        """Say yes in that share of the draws."""
        return self.rng.random() < share

    def day(self, offset: int) -> str:
        """Write a day relative to today, with a time of the working day."""
        return on(offset, f"{self.rng.randint(8, 17):02d}:{self.rng.randint(0, 59):02d}")

    def named(self) -> tuple[Record, str]:
        """Draw a customer's name, language and pronouns; the second value is the Latin writing."""
        locale = self.rng.choices(self.locales, [each.weight for each in self.locales])[0]
        woman = self.chance(0.5)
        given = self.frequent(locale.women if woman else locale.men)
        family = self.frequent(locale.families)
        if woman and locale.language == "pl" and family.endswith("ski"):
            family = family.removesuffix("i") + "a"
        customer = named_record(given, family, locale.language)
        if self.chance(0.35):
            usual = "she/her" if woman else "he/him"
            customer["pronouns"] = "they/them" if self.chance(0.06) else usual
        return customer, f"{latin(given)}.{latin(family)}"

    def mobile(self) -> str:
        """Take the next mobile number, in one of the writings that people use."""
        number = self.mobiles.pop()
        return f"+44 7700 900{number}" if self.chance(0.4) else f"07700 900{number}"

    def landline(self, town: Town) -> str:
        """Take the next landline number of the town, in one of the writings that people use."""
        area, block = town.code.split()
        number = f"{block} 0{self.landlines[town.code].pop()}"
        written = (f"{area} {number}", f"({area}) {number}", f"+44 {area[1:]} {number}")
        return self.rng.choices(written, (6, 2, 3))[0]

    def contact_points(self, address: str, town: Town, number: int) -> list[Record]:
        """Make the ways to reach somebody; the first one is preferred."""
        email = f"{address}@example.{'org' if self.chance(0.25) else 'com'}"
        if email in self.emails:
            email = f"{address}{number}@{email.split('@')[1]}"
        self.emails.add(email)
        mobile, landline, written = self.reach
        has_mobile = bool(self.mobiles) and self.chance(mobile)
        points: list[tuple[str, str]] = [("phone", self.mobile())] if has_mobile else []
        if self.chance(landline) or not points:
            points.append(("phone", self.landline(town)))
        if self.chance(written):
            points.insert(self.rng.randint(0, len(points)), ("email", email))
        points.append(("account", f"FH-{self.rng.randint(2012, 2025)}-{5000 + number:05d}"))
        if self.chance(0.3):
            street = self.rng.choice(self.words["streets"])
            points.append(("address", f"{self.rng.randint(1, 140)} {street}, {town.name}"))
        made: list[Record] = [{"kind": kind, "value": value} for kind, value in points]
        made[0]["preferred"] = True
        for point in made:
            consent = self.rng.choices(("given", "unknown", "withdrawn"), (8, 5, 1))[0]
            if consent != "unknown":
                point["consent"] = consent
        return made

    def interaction(self, story: Story, key: str, ago: int, agent: str) -> Record:
        """Tell one story as a closed contact, `ago` days before today."""
        channel = self.rng.choice(story.channels)
        filled = {
            "reading": f"{self.rng.randint(1200, 48000):,}",
            "amount": f"£{self.rng.randint(18, 240)}",
            "part": f"£{self.rng.randrange(10, 45, 5)}",
            "engineer": self.rng.choice(self.words["engineers"]),
            "street": self.rng.choice(self.words["streets"]),
            "hour": self.rng.choice(self.words["hours"]),
        }
        pace = {"phone": 14, "chat": 45, "sms": 240, "email": 2700, "web": 3600, "visit": 900}
        at = self.rng.randint(2, 7)
        messages: list[Record] = []
        for line in story.lines:
            speaker, text = SPEAKERS[line[0]], line[2:].format(**filled)
            messages.append({"at": after(at), "speaker": speaker, "text": text})
            at += int(pace[channel] * self.rng.uniform(0.5, 1.8))
        met = story.met if self.chance(0.85) else self.rng.choice(("partly", "no", "not_asked"))
        as_usual = met in (story.met, "not_asked")
        made: Record = {
            "external_id": key,
            "channel": channel,
            "direction": "out" if channel == "visit" else "in",
            "opened_at": self.day(-ago),
            "closed_at": after(at + 30),
            "agent": agent,
            "agenda": story.agenda,
            "outcome": story.outcome if as_usual else "ended before it was settled",
            "met": met,
            "topics": [story.topic],
            "messages": messages,
        }
        if self.chance(0.6):
            text = story.note.format(**filled)
            made["notes"] = [{"at": after(at + 20), "author": agent, "text": text}]
            made["topics"] = list(dict.fromkeys([story.topic, *marked(text)]))
        return made

    def promise(self, side: str, text: str, ago: int, owner: str) -> Record:
        """Make the promise of a contact; never due today, and late by three weeks at most."""
        due = self.rng.choice((1, 2, 3, 5, 7, 14)) - ago or 1
        states = ("kept", "open", "renegotiated", "broken", "withdrawn")
        shares = (70, 20, 5, 3, 2) if due > -21 else (88, 0, 5, 5, 2)
        state = "open" if due > 0 else self.rng.choices(states, shares)[0]
        made: Record = {"side": side, "text": text, "due": on(due, "17:00"), "state": state}
        if state != "open":
            made["closed_at"] = closing(state, due)
        return made | {"owner": owner} if side == "ours" else made

    def case(self, kind: str, title: str, ago: int) -> Record:
        """Make the case of a contact `ago` days back, closed within a month."""
        key = "C7K2"
        while key in self.cases:
            key = "C" + "".join(self.rng.choices(CASE_LETTERS, k=3))
        self.cases.add(key)
        closed = ago > 30 or (ago > 10 and self.chance(0.85))
        made: Record = {"external_id": key, "kind": kind, "title": title}
        made |= {"opened_at": self.day(-ago), "state": "closed" if closed else "open"}
        if kind == "complaint":
            made["answer_due"] = on(10 - ago, "17:00")
            made["remedy"] = self.rng.choice(self.words["remedies"])
        return made

    def fact(self, kind: str, ago: int) -> Record:
        """Make one fact of a kind, learnt `ago` days back; impressions expire first."""
        source = self.rng.choices(("stated", "record", "impression"), (6, 2, 2))[0]
        keep = 90 if source == "impression" else 365
        return {
            "kind": kind,
            "text": self.rng.choice(self.words[kind]),
            "source": source,
            "stated_at": self.day(-ago),
            "confirm_by": on(keep - ago, "12:00"),
        }

    def concession(self, side: str, reason: str, ago: int) -> Record:
        """Make one entry of the ledger; money only where we paid it."""
        kind, _, told = self.rng.choice(self.words[side]).partition(": ")
        made: Record = {"side": side, "kind": kind}
        if side == "ours" and kind != "apology":
            made |= {"amount": self.rng.choice((10, 15, 20, 30, 45)), "currency": "GBP"}
        return made | {"reason": told or reason, "at": self.day(-ago)}

    def feedback(self, ago: int) -> Record:
        """Ask the day after the contact; fewer than half answer, with 1 to 5."""
        asked: Record = {"asked_at": self.day(1 - ago)}
        if ago > 2 and self.chance(0.42):
            score = self.rng.choices((5, 4, 3, 2, 1), (8, 6, 3, 2, 1))[0]
            asked |= {"answered_at": self.day(2 - ago), "score": score}
            if self.chance(0.5):
                asked["text"] = self.rng.choice(self.words["comments"])
        return asked

    def days_ago(self) -> list[int]:
        """Draw on which days before today somebody had a contact, the longest ago first."""
        count = self.rng.choices(range(7), (19, 28, 23, 14, 8, 5, 3))[0]
        return sorted(int(2 + 1000 * self.rng.random() ** 2.2) for _ in range(count))[::-1]

    def history(self, person: Record, key: str) -> None:
        """Give a person up to six contacts and what they leave behind, the oldest first."""
        days = self.days_ago()
        weights = [story.weight for story in self.stories]
        for place, ago in enumerate(days, start=1):
            story = self.rng.choices(self.stories, weights)[0]
            agent = self.rng.choice(AGENTS)
            grow(person, "interactions", self.interaction(story, f"{key}-{place}", ago, agent))
            if story.ours and self.chance(0.75):
                grow(person, "promises", self.promise("ours", story.ours, ago, agent))
            if story.theirs:
                grow(person, "promises", self.promise("theirs", story.theirs, ago, agent))
            if story.case and self.chance(0.5):
                grow(person, "cases", self.case(*story.case, ago))
            if story.fact and self.chance(0.6):
                grow(person, "facts", self.fact(story.fact, ago))
            if self.chance(0.12):
                kind = self.rng.choice(("prefers", "expects", "values", "knows"))
                grow(person, "facts", self.fact(kind, ago))
            if self.chance(0.6 if story.gave else 0.06):
                side = "ours" if story.gave or self.chance(0.3) else "theirs"
                grow(person, "concessions", self.concession(side, story.agenda, ago))
            if self.chance(0.22):
                grow(person, "feedback", self.feedback(ago))
        if days and self.chance(0.07):
            refused = {"what": self.rng.choice(self.words["refused"]), "at": self.day(-days[0])}
            grow(person, "refusals", refused | {"ask_again_after": on(400 - days[0], "09:00")})

    def person(self, number: int) -> Record:
        """Make one customer with contact points and history."""
        customer, address = self.named()
        if str(number) in self.namesakes:
            given, family = self.namesakes[str(number)]
            customer, address = named_record(given, family, "en"), f"{given}.{family}"
        town = self.rng.choices(self.towns, [each.weight for each in self.towns])[0]
        company = ""
        if self.chance(0.32):
            company, _, seat = self.frequent(self.words["companies"]).partition(": ")
            town = next(each for each in self.towns if each.name == seat)
        key = f"t{number:03d}"
        person: Record = {"customer": {"external_id": key, **customer, "city": town.name}}
        if company:
            person["customer"]["company"] = company
        points = self.contact_points(address.lower(), town, number)
        person["customer"]["contact_points"] = points
        self.history(person, key)
        return person


def latin(name: str) -> str:
    """Write a name as the local part of an e-mail address: its Latin writing, letters only."""
    folded = unicodedata.normalize("NFKD", name.rpartition(":")[2].translate(LATIN))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalpha())


def named_record(given: str, family: str, language: str) -> Record:
    """Put a name together; Chinese characters are written family name first."""
    given, family = given.partition(":")[0], family.partition(":")[0]
    hanzi = language == "zh" and not (given + family).isascii()
    name = f"{family}{given}" if hanzi else f"{given} {family}"
    return {"name": name, "given_name": given, "family_name": family, "language": language}


def on(offset: int, clock: str) -> str:
    """Write a time of a day relative to today, as `-6d 10:00`, `0d 09:00` or `+1d 17:00`."""
    return f"{offset:+d}d {clock}" if offset else f"0d {clock}"


def closing(state: str, due: int) -> str:
    """When a promise that was due on a day came to its end: one kept in eleven two days late."""
    if state == "kept":
        return on(due, "11:40") if due % 11 else on(min(due + 2, -1), "18:20")
    if state == "broken":
        return on(min(due + 3, -1), "18:30")
    return on(due, "10:15")


def after(seconds: int) -> str:
    """Write seconds after the interaction opened, as `+41s` or `+1m10s`."""
    minutes, rest = divmod(seconds, 60)
    return f"+{minutes}m{rest}s" if minutes else f"+{rest}s"


def marked(text: str) -> list[str]:
    """Find the topics that a note names."""
    return [word[1:] for word in text.split() if word.startswith("#")]


def grow(person: Record, part: str, record: Record) -> None:
    """Append a record to one of the person's lists, which starts with its first record."""
    person.setdefault(part, []).append(record)


def share_phones(people: list[Record], pairs: dict[str, int]) -> None:
    """Put each pair, later number to earlier number, on one phone as a household has it."""
    for later, earlier in pairs.items():
        owner, sharer = people[earlier - 1]["customer"], people[int(later) - 1]["customer"]
        phone = next(each for each in owner["contact_points"] if each["kind"] == "phone")
        own = [each for each in sharer["contact_points"] if each["kind"] in ("email", "account")]
        preferred = not any("preferred" in each for each in own)
        sharer["contact_points"] = [phone | {"preferred": preferred}, *own]
        sharer["city"] = owner["city"]
        grow(people[int(later) - 1], "ties", {"to": owner["external_id"], "kind": "household"})


def tie_colleagues(people: list[Record]) -> None:
    """Tie each to the customer of the same company before them, always to an earlier line."""
    latest: dict[str, str] = {}
    for person in people:
        if company := person["customer"].get("company"):
            if company in latest:
                grow(person, "ties", {"to": latest[company], "kind": "colleague"})
            latest[company] = person["customer"]["external_id"]


def make_town(seed: int) -> list[Record]:
    """Make all people of the town from one seed."""
    source = tomllib.loads((HERE / "demo_words.toml").read_text(encoding="utf-8"))
    maker = Maker(
        rng=random.Random(seed),
        locales=[Locale(**each) for each in source["locales"]],
        towns=[Town(**each) for each in source["towns"]],
        stories=[Story(**each) for each in source["stories"]],
        words=source["plain"],
        namesakes=source["namesakes"],
    )
    people = [maker.person(number) for number in range(1, PEOPLE + 1)]
    share_phones(people, source["shared_phones"])
    tie_colleagues(people)
    for happened in source["today"]:
        grow(people[happened["person"] - 1], happened["part"], happened["record"])
    return people


def main() -> None:
    """Write the town to its file."""
    parser = argparse.ArgumentParser(description="Make the generated people of the demo desk.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=TOWN)
    chosen = parser.parse_args()
    lines = [json.dumps(person, ensure_ascii=False) + "\n" for person in make_town(chosen.seed)]
    chosen.out.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines)} people in {chosen.out}")


if __name__ == "__main__":
    main()
