"""The column names that are understood, as plain data.

They are those of the contact exports of Salesforce (API and report names), HubSpot, Zendesk,
Google Contacts (both generations) and Outlook, and what lists kept by hand usually say in English,
German, French and Spanish. Columns with other names are named by the person who imports.
"""

from __future__ import annotations

import re
from unicodedata import normalize

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
        "Vollständiger Name",
        "Kundenname",
        "Nom",
        "Nom complet",
        "Nom et prénom",
        "Prénom et nom",
        "Nom du client",
        "Nombre",
        "Nombre completo",
        "Nombre y apellidos",
        "Nombre del cliente",
    ),
    "given_name": (
        "First Name",
        "Given Name",
        "Forename",
        "Contact First Name",
        "Vorname",
        "Prénom",
        "Nombre de pila",
    ),
    "middle_name": ("Middle Name", "Additional Name"),
    "family_name": (
        "Last Name",
        "Family Name",
        "Surname",
        "Contact Last Name",
        "Nachname",
        "Familienname",
        "Nom de famille",
        "Apellido",
        "Apellidos",
        "Primer apellido",
    ),
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
        "Firma",
        "Firmenname",
        "Unternehmen",
        "Société",
        "Nom de la société",
        "Entreprise",
        "Nom de l'entreprise",
        "Raison sociale",
        "Empresa",
        "Nombre de la empresa",
        "Compañía",
        "Razón social",
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
        "Stadt",
        "Ort",
        "Wohnort",
        "Ville",
        "Commune",
        "Ciudad",
        "Localidad",
        "Población",
        "Municipio",
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
        "Telefon",
        "Telefonnummer",
        "Rufnummer",
        "Festnetz",
        "Mobil",
        "Mobilnummer",
        "Mobiltelefon",
        "Handy",
        "Handynummer",
        "Téléphone",
        "Numéro de téléphone",
        "Téléphone fixe",
        "Téléphone portable",
        "Téléphone mobile",
        "Portable",
        "Teléfono",
        "Número de teléfono",
        "Teléfono fijo",
        "Teléfono móvil",
        "Móvil",
        "Celular",
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
        "E-Mail-Adresse",
        "Courriel",
        "Adresse e-mail",
        "Correo",
        "Correo electrónico",
    ),
    "handle": ("Handle", "Username", "User Name", "Twitter", "Twitter Handle", "Twitter Username"),
    "account": (
        "Account Number",
        "Account No",
        "Customer Number",
        "Customer No",
        "Kundennummer",
        "Kunden-Nr.",
        "Numéro client",
        "Numéro de client",
        "Número de cliente",
    ),
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
        "Adresse",
        "Anschrift",
        "Adresse postale",
        "Dirección",
    ),
    "address_line": (
        "Street Number",
        "House Number",
        "Street",
        "Street 1",
        "Address 1",
        "Address Line 1",
        "Straße",
        "Straße und Hausnummer",
        "Hausnummer",
        "Rue",
        "Calle",
        "PLZ",
        "Postleitzahl",
        "Code postal",
        "Código postal",
    ),
}
"""A field and the headers that give it. A 1 stands for any number.

Of several columns for `external_id` only the one that comes first here is used: the export's own
id is filled in for every row, an external id (Zendesk) is not.
"""

_FILLERS = re.compile(r"[\W_]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NUMBERS = re.compile(r"\d+")


def header_key(header: str) -> str:
    """A header without case, accents, spaces, underscores and signs, every number as a 1."""
    bare = _ACCENTS.sub("", normalize("NFKD", header.casefold()))
    return _NUMBERS.sub("1", _FILLERS.sub("", bare))


RECOGNISED: dict[str, str] = {
    header_key(header): field for field, headers in HEADERS.items() for header in headers
}
"""From `header_key` of a known header to its field."""

BESIDE: tuple[tuple[str, str, str], ...] = tuple(
    (header_key(header), header_key(beside), field)
    for header, beside, field in (
        ("Name", "Vorname", "family_name"),
        ("Nom", "Prénom", "family_name"),
        ("Nombre", "Apellido", "given_name"),
        ("Nombre", "Apellidos", "given_name"),
        ("Nombre", "Primer apellido", "given_name"),
    )
)
"""Headers that mean a part of the name where another one stands beside them, and which part."""

POSTCODES = frozenset(map(header_key, ("PLZ", "Postleitzahl", "Code postal", "Código postal")))
"""Address lines that are no address without another one."""

ID_RANK: dict[str, int] = {
    header_key(header): rank for rank, header in enumerate(HEADERS["external_id"])
}
"""How good a header is as the id of a row; the lowest wins."""
