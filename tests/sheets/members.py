"""Lists that people keep of people: members of a club, contacts of an address book."""

from __future__ import annotations

from datetime import date

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_HEADER = ("Nr", "Vorname", "Nachname", "Religion", "Geschlecht", "Amt", "E-Mail", "Mobil", "Eintritt", "aktiv")
_NORTH = (
    ("Mitglieder Gruppe Nord", *[None] * 9),
    ("gepflegt von A. Probe, bitte nicht weiterleiten", *[None] * 9),
    _HEADER,
    ("Vorstand", *[None] * 9),
    ("0001", "Erika", "Muster", "altgl.", "w", "Leiterin", "erika@nord.example", 491510000701, date(2015, 3, 4), 1),
    (
        "0002",
        "Jörg",
        "Beispiel",
        "altgl.",
        "m",
        "Kassierer",
        "joerg@nord.example; jb@mail.example",
        491510000702,
        42370,
        1,
    ),
    ("Mitglieder", *[None] * 9),
    ("0003", "Anna", "Probe", None, "w", None, "anna@nord.example", None, date(2017, 9, 30), 1),
    ("0004", "Otto", "Vorlage", "altgl.", "m", None, None, 491510000704, date(2018, 1, 15), 0),
    ("0005", "Ilse", "Skizze", None, "w", "#REF!", "ilse@nord.example", None, 43521, 1),
    ("Summe", 5, None, None, None, None, None, None, None, 4),
)
_SOUTH = (
    ("Mitglieder Gruppe Süd", *[None] * 9),
    _HEADER,
    ("0101", "Käthe", "Test", None, "w", "Leiterin", "kaethe@sued.example", 491510000711, date(2016, 5, 6), 1),
    ("0102", "Udo", "Entwurf", "altgl.", "m", None, None, None, date(2019, 11, 12), 1),
    ("0103", "Erika", "Muster", "altgl.", "w", None, "em@sued.example", None, date(2020, 2, 29), 1),
)
_LEFT = (("Alte Liste", None), ("Name", "Grund"), ("Rolf Entfernt", "ausgetreten"), ("Gerda Entfernt", "verzogen"))
_MAILS = {
    ("Erika Muster", "erika@nord.example"),
    ("Jörg Beispiel", "joerg@nord.example"),
    ("Jörg Beispiel", "jb@mail.example"),
    ("Anna Probe", "anna@nord.example"),
    ("Ilse Skizze", "ilse@nord.example"),
    ("Käthe Test", "kaethe@sued.example"),
    ("Erika Muster", "em@sued.example"),
}
_PHONES = {
    *(("Erika Muster", "491510000701"), ("Jörg Beispiel", "491510000702"), ("Otto Vorlage", "491510000704")),
    ("Käthe Test", "491510000711"),
}
GERMAN = Ugly(
    "Mitgliederliste final_v3 (2).xlsx",
    "several sheets; hidden sheet; header in row 3 and row 2; merged headings between rows; totals row; "
    "Excel serial dates among days; telephone numbers as numbers; mail lists in a cell; #REF!; 0 and 1 "
    "for no and yes",
    lambda: packing.xlsx(
        packing.Page("Nord", _NORTH, ("A1:J1", "A2:J2", "A4:J4", "A7:J7")),
        packing.Page("Süd", _SOUTH, ("A1:J1",)),
        packing.Page("Archiv", _LEFT, is_hidden=True),
    ),
    Expected(
        things={
            "Person": [
                *("Erika Muster", "Erika Muster", "Jörg Beispiel", "Anna Probe", "Otto Vorlage", "Ilse Skizze"),
                *("Käthe Test", "Udo Entwurf"),
            ],
            "Identifier": {value for _, value in (*_MAILS, *_PHONES)},
        },
        links={"USES": _MAILS | _PHONES},
        said={"Käthe Test": {"position": ["Leiterin"]}, "Ilse Skizze": {"position": None}},
        asked=("who says so",),
        left_out=("totals: row 11", "notes and headings: row 4, 7", "Archiv"),
        refused=("Religion", "Geschlecht"),
        nowhere=("altgl.", "Rolf Entfernt"),
        corrections=("claimant=A. Probe",),
    ),
)

_CONTACTS_HEADER = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
    "Home Phone,Mobile Phone,Business Phone,Company,Job Title,Department,Office Location,Birthday,Gender,"
    "Government ID Number,Notes"
)
_CONTACTS = """\
José|Sample|Dr.|jose.sample@coast.example|js@mail.example|+49 151 0000123||Coast Radio|Editor|Male|met~twice
Ana|Ejemplo||ANA@coast.example||0049 (151) 0000456||Coast Radio|Reporter|Female|
Zoë|Model||zoe@harbour.example|||004930000000|Harbour Daily||Unspecified|
|||||||Valley Post||Unspecified|no contact yet
Piet|Proef||||4.915E+11||||Unspecified|one~two, with a comma~"quoted" three
Bo|Extra||bo@valley.example||||Valley Post||Unspecified|
Cy|Extra||cy@valley.example||||Valley Post||Unspecified|
Di|Extra||di@valley.example||||Valley Post||Unspecified|
Ed|Extra||ed@valley.example||||Valley Post||Unspecified|
Flo|Extra||flo@valley.example||||Valley Post||Unspecified|
"""
_CONTACTS_ROWS = [tuple(line.replace("~", "\n").split("|")) for line in _CONTACTS.splitlines()]
_CONTACTS_NAMED = [(f"{row[0]} {row[1]}", row) for row in _CONTACTS_ROWS if row[0]]


def _contact(row: tuple[str, ...]) -> list[str]:
    first, last, title, mail, mail2, mobile, phone, company, job, gender, notes = row
    given = dict.fromkeys(_CONTACTS_HEADER.split(","), "")
    given |= {"First Name": first, "Last Name": last, "Title": title, "E-mail Address": mail, "E-mail 2 Address": mail2}
    given |= {"Mobile Phone": mobile, "Business Phone": phone, "Company": company, "Job Title": job, "Gender": gender}
    return list((given | {"Birthday": "0/0/00", "Government ID Number": "X-1", "Notes": notes}).values())


_TOLD = {
    *((name, row[3].lower()) for name, row in _CONTACTS_NAMED if row[3]),
    *(("José Sample", "js@mail.example"), ("José Sample", "+491510000123"), ("Ana Ejemplo", "00491510000456")),
    ("Zoë Model", "004930000000"),
}
CONTACTS = Ugly(
    "contacts.CSV",
    "Latin-1; CRLF; multi-line cells; mail and telephone in several columns; an entry without a person; "
    "0/0/00; a telephone of which Excel left 4.915E+11",
    lambda: packing.delimited([_CONTACTS_HEADER.split(","), *map(_contact, _CONTACTS_ROWS)]).encode("cp1252"),
    Expected(
        things={
            "Person": {name for name, _ in _CONTACTS_NAMED},
            "Organization": {"Coast Radio", "Harbour Daily", "Valley Post"},
            "Identifier": {value for _, value in _TOLD},
        },
        links={"EMPLOYED_BY": {(name, row[7]) for name, row in _CONTACTS_NAMED if row[7]}, "USES": _TOLD},
        said={"José Sample": {"position": ["Editor"]}},
        asked=("who says so",),
        refused=("Gender", "Government ID Number"),
        left_out=("4.915E+11",),
        nowhere=("Female", "Unspecified", "X-1", "491511"),
        corrections=("tie.kind=EMPLOYED_BY", "claimant=address book"),
        rejected=2,
    ),
)
