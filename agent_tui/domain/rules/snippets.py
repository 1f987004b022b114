"""Ready-made words with the customer's fields in them: `Hello {{ customer.first_name }}`."""

from __future__ import annotations

from agent_tui.domain.rules.mark_signs import escaped
from agent_tui.domain.rules.templates import BadTemplate, Fields, fill
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.people import Customer
from agent_tui.text.names import split_name


def fields_of(customer: Customer | None, agent: Agent) -> Fields:
    """What templates may say: `customer.first_name`, `agent.name` and so on."""
    given, family = split_name(agent.name)
    of_agent = {
        "name": agent.name,
        "first_name": given or family,
        "handle": agent.handle,
        "team": agent.team,
    }
    of_customer = {"customer": customer_fields(customer)} if customer is not None else {}
    return {"agent": of_agent, **of_customer}


def customer_fields(customer: Customer) -> dict[str, str | None]:
    """What templates may say of a customer, without `customer.`."""
    first, last = split_name(customer.name)
    return {
        "name": customer.name,
        "first_name": customer.given_name or first or last,
        "last_name": customer.family_name or last,
        "company": customer.company,
        "city": customer.city,
        "language": customer.language,
        "pronouns": customer.pronouns,
        "phone": _reached(customer, "phone"),
        "email": _reached(customer, "email"),
    }


def _reached(customer: Customer, kind: str) -> str | None:
    return next((point.value for point in customer.contact_points if point.kind == kind), None)


def expand(name: str, template: str, fields: Fields, *, for_note: bool = True) -> str:
    """The words of a snippet. Where its template is wrong, a line in brackets says how.

    In a note the template may make marks; what comes from a field never does: a sign in it gets
    a backslash. Otherwise the words are as they are.
    """
    try:
        filled = fill(template, fields)
    except BadTemplate as error:
        shown = f"[the snippet “{name}” is wrong: {error}]"
        return escaped(shown) if for_note else shown
    return escaped(filled.text, filled.values) if for_note else filled.text
