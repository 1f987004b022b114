"""The column names that are understood, as plain data.

They are those of the contact exports of Salesforce (API and report names), HubSpot, Zendesk,
Google Contacts (both generations) and Outlook, and what lists kept by hand usually say. Columns
with other names are named by the person who imports.
"""

from __future__ import annotations

import re

FIELDS = (
    "name",
    "given_name",
    "middle_name",
    "family_name",
    "company",
    "city",
    "language",
    "pronouns",
    "external_id",
    "phone",
    "email",
    "handle",
    "account",
    "order",
    "address",
    "address_line",
    "ignore",
)
"""What a column can be.

Each column of a contact point (`phone` to `address`) gives one; `address_line` columns together
give one address; of several columns for any other field the first that is filled in counts.
"""

HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        "Name",
        "Full Name",
        "Customer Name",
        "Contact Name",
        "Customer",
        "Display Name",
    ),
    "given_name": ("First Name", "Given Name", "Forename", "Contact First Name"),
    "middle_name": ("Middle Name", "Additional Name"),
    "family_name": ("Last Name", "Family Name", "Surname", "Contact Last Name"),
    "company": (
        "Company",
        "Company Name",
        "Company / Account",
        "Account Name",
        "Associated Company",
        "Primary Associated Company",
        "Organization",
        "Organisation",
        "Organization Name",
        "Organization 1 - Name",
        "Employer",
        "Business Name",
    ),
    "city": (
        "City",
        "Town",
        "Suburb",
        "Locality",
        "Mailing City",
        "Person Mailing City",
        "Billing City",
        "Home City",
        "Business City",
        "Address 1 - City",
        "Other City",
    ),
    "language": ("Language", "Preferred Language", "Language Locale Key", "Locale"),
    "pronouns": ("Pronouns",),
    "external_id": (
        "Id",
        "Contact ID",
        "Customer ID",
        "Record ID",
        "Record ID - Contact",
        "Rec ID",
        "Lead ID",
        "User ID",
        "External ID",
    ),
    "phone": (
        "Phone",
        "Phone 1",
        "Phone 1 - Value",
        "Phone Number",
        "Telephone",
        "Telephone Number",
        "Tel",
        "Mobile",
        "Mobile Phone",
        "Mobile Phone 1",
        "Mobile Number",
        "Mobile Phone Number",
        "Person Mobile Phone",
        "Cell",
        "Cell Phone",
        "Home Phone",
        "Home Phone 1",
        "Person Home Phone",
        "Work Phone",
        "Business Phone",
        "Business Phone 1",
        "Other Phone",
        "Primary Phone",
        "Car Phone",
        "WhatsApp Phone Number",
    ),
    "email": (
        "Email",
        "E-mail 1",
        "E-mail 1 - Value",
        "Email Address",
        "E-mail 1 Address",
        "Person Email",
        "Work Email",
        "Additional Email Addresses",
        "Mail",
    ),
    "handle": ("Handle", "Username", "User Name", "Twitter", "Twitter Handle", "Twitter Username"),
    "account": ("Account Number", "Account No", "Customer Number", "Customer No"),
    "order": ("Order", "Order Number", "Order No", "Order ID"),
    "address": (
        "Address",
        "Street Address",
        "Address 1 - Formatted",
        "Home Address",
        "Business Address",
        "Other Address",
        "Mailing Address",
        "Mailing Street",
        "Person Mailing Street",
        "Billing Street",
        "Home Street",
        "Business Street",
        "Other Street",
    ),
    "address_line": (
        "Street Number",
        "House Number",
        "Street",
        "Street 1",
        "Address 1",
        "Address Line 1",
    ),
}
"""A field and the headers that give it. A 1 stands for any number.

Of several columns for `external_id` only the one that comes first here is used: the export's own
id is filled in for every row, an external id (Zendesk) is not.
"""

_FILLERS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")


def header_key(header: str) -> str:
    """A header without case, spaces, underscores and signs, every number as a 1."""
    return _NUMBERS.sub("1", _FILLERS.sub("", header.casefold()))


RECOGNISED: dict[str, str] = {
    header_key(header): field for field, headers in HEADERS.items() for header in headers
}
"""From `header_key` of a known header to its field."""

ID_RANK: dict[str, int] = {
    header_key(header): rank for rank, header in enumerate(HEADERS["external_id"])
}
"""How good a header is as the id of a row; the lowest wins."""
