"""Exports of lists and tools as they are downloaded: sanctions, notices, charts, graphs, certificates, police logs."""

from __future__ import annotations

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_OFAC = """\
36,"NORLAND AIR FREIGHT",-0- ,"NORL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-\x20
173,"DOCK WORKS TRADING, INC.",-0- ,"NORL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-\x20
2674,"SAMPLE, Ivo",individual,"NORL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 10 Dec 1948."
2676,"SPECIMEN, Lena Maria",individual,"NORL] [SEAL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Passport N0012345 (Norland)."
4632,"GULL STAR",vessel,"NORL",-0- ,"CMAB","General Cargo",-0- ,-0- ,"Norland",-0- ,"Registration IMO 8400000 ."
5041,"EXAMPLE, Taro",individual,"SEAL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 01 Jan 1970; Gender Male."
6001,"PIER FOUR LTD",-0- ,"NORL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Website pierfour.example."
\x1a"""
OFAC = Ugly(
    "sdn.csv",
    "no header; CRLF; -0- for nothing, also where the kind stands; a mark of its end in the last row",
    lambda: _OFAC.replace("\n", "\r\n").encode(),
    Expected(
        things={
            "Person": {"SAMPLE, Ivo", "SPECIMEN, Lena Maria", "EXAMPLE, Taro"},
            "Organization": {"NORLAND AIR FREIGHT", "DOCK WORKS TRADING, INC.", "PIER FOUR LTD"},
            "Concept": {"GULL STAR"},
        },
        asked=("of what kind",),
        left_out=("rows that make no record: row 8",),
        nowhere=("N0012345", "Gender"),
        corrections=("thing.kind=Column 3 or Organization", "thing.id=Column 1"),
    ),
)

_EU_COLUMNS = (
    *("fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_DesignationDate", "Entity_Remark"),
    *("Entity_SubjectType", "Entity_SubjectType_ClassificationCode", "Entity_Regulation_Type"),
    *("Entity_Regulation_PublicationDate", "Entity_Regulation_PublicationUrl", "NameAlias_LastName"),
    *("NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_WholeName", "NameAlias_Gender", "NameAlias_LogicalId"),
    *("NameAlias_Function", "Address_City", "Address_CountryIso2Code", "Address_CountryDescription"),
    *("BirthDate_BirthDate", "Identification_Number", "Identification_TypeCode", "Citizenship_CountryDescription"),
)
_EU = (
    {"NameAlias_LastName": "Sample", "NameAlias_FirstName": "Ivo", "NameAlias_WholeName": "Ivo Sample"}
    | {"NameAlias_Gender": "M", "NameAlias_Function": "Head of the Front"},
    {"NameAlias_WholeName": "Abu Ivo"},
    {"BirthDate_BirthDate": "1937-04-28"},
    {"Identification_Number": "N0012345", "Identification_TypeCode": "passport"},
    {"Citizenship_CountryDescription": "NORLANDIC"},
)


def _eu_row(id_: str, type_: str, given: dict[str, str]) -> list[str]:
    every = {"fileGenerationDate": "28/10/2024", "Entity_LogicalId": id_, "Entity_SubjectType": type_}
    every |= {"Entity_Regulation_PublicationDate": "2003-07-08", "Entity_Regulation_Type": "regulation"}
    every |= {"NameAlias_LogicalId": str(len("".join(given.values())))} if "NameAlias_WholeName" in given else {}
    every |= {"Entity_SubjectType_ClassificationCode": {"P": "person", "E": "enterprise"}[type_]}
    return [(every | given).get(name, "") for name in _EU_COLUMNS]


EU = Ugly(
    "20241028-FULL-1_1(xsd).csv",
    "BOM; semicolons; a row for each name, birth and document; kinds as letters; persons by parts, bodies by one name",
    lambda: packing.delimited(
        [
            _EU_COLUMNS,
            *(_eu_row("13", "P", given) for given in _EU),
            *(_eu_row("20", "E", {"NameAlias_WholeName": name}) for name in ("Dock Works", "D.W. Trading")),
        ],
        ";",
    ).encode("utf-8-sig"),
    Expected(
        things={"Person": {"Ivo Sample"}, "Organization": {"Dock Works"}},
        said={
            "Ivo Sample": {"names": ["Ivo Sample", "Abu Ivo"], "position": ["Head of the Front"]},
            "Dock Works": {"names": ["Dock Works", "D.W. Trading"]},
        },
        left_out=("rows that make no record: row 4 to 6",),
        refused=("NameAlias_Gender", "Citizenship_CountryDescription"),
        nowhere=("N0012345", "NORLANDIC", "1937"),
    ),
)

_OPEN_COLUMNS = [
    *("id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones"),
    *("emails", "dataset", "first_seen", "last_seen", "last_change"),
]
_OPEN = """\
NK-2Aa|Person|Ivo Sample|Abu Ivo;Иво Семпл|1948-12-10|no|1 Quay, Alderton|N0012345||
NK-3Bb|Organization|Red Hill Front|RHF||no;xx||||front@redhill.example
NK-4Cc|Company|Dock Works|||no|1 Quay, Alderton|810123|+4722000000|
NK-5Dd|Vessel|Gull Star|||no||IMO8400000||
NK-6Ee|LegalEntity|Pier Four|||||||
"""


def _open_row(line: str) -> list[str]:
    *cells, phones, emails = line.split("|")
    return [*cells, "EU - NRL", phones, emails, "List A;List B", "2022-04-12T10:20:30", "2024-10-30T06:00:01", "x"]


OPEN = Ugly(
    "targets.simple.csv",
    "a schema of five kinds; several names and countries in a cell; columns of dates that say nothing of the thing",
    lambda: packing.delimited([_OPEN_COLUMNS, *map(_open_row, _OPEN.splitlines())], end="\n").encode(),
    Expected(
        things={
            "Person": {"Ivo Sample"},
            "Organization": {"Red Hill Front", "Dock Works"},
            "Concept": {"Gull Star"},
            "Group": {"Pier Four"},
            "Identifier": {"front@redhill.example", "+4722000000"},
        },
        links={"USES": {("Red Hill Front", "front@redhill.example"), ("Dock Works", "+4722000000")}},
        said={
            "Ivo Sample": {"names": ["Ivo Sample", "Abu Ivo", "Иво Семпл"]},
            "Red Hill Front": {"country": ["no", "xx"]},
        },
        asked=("who says so",),
        nowhere=("N0012345", "1948-12-10"),
        corrections=("claimant=The list",),
    ),
)

_NOTICES = """\
entity_id,name,forename,date_of_birth,nationalities,sex_id,height,eyes_colors_id,charge,issuing_country_id,url
2024/10001,SAMPLE,IVO,1980/05/12,QZ,M,1.8,BRO,Fraud,NO,https://notices.example/2024-10001
2024/10002,SPECIMEN,LENA,1991/01/30,"QZ,QY",F,0,,Fraud,NO,https://notices.example/2024-10002
"""
NOTICES = Ugly(
    "red_notices.csv",
    "addresses of pages on one site, which are no websites of the persons; looks, sex and nationality",
    lambda: _NOTICES.encode(),
    Expected(
        things={"Person": {"IVO SAMPLE", "LENA SPECIMEN"}},
        refused=("nationalities", "sex_id", "height", "eyes_colors_id"),
        nowhere=("QZ", "BRO", "1980"),
    ),
)

_ITEMS = (
    ("Entity Type", "Identity", "Label", "Description", "Source Reference", "Grade 1"),
    ("Person", "P001", "Ivo SAMPLE", "Leader of the group", "INT/0042", "B"),
    ("Organisation", "O001", "Dock Works", "Company", "CH/0007", "A"),
    ("Telephone", "T001", "+49 151 0000123", None, "INT/0042", "B"),
)
_LINKS = (
    ("Link Type", "Label", "End 1", "End 2", "Direction", "Strength", "Date", "Source Reference", "Grade 1"),
    ("Association", "Director", "P001", "O001", "->", "Confirmed", "01/02/2019", "CH/0007", "A"),
    ("Communication", "called", "P001", "T001", "->", "Unconfirmed", "25/11/2021", "INT/0042", "B"),
)
ITEMS = Ugly(
    "chart items.xlsx",
    "items and links in two sheets, joined by codes; End 1 and End 2 are no dates; a telephone among persons",
    lambda: packing.xlsx(packing.Page("Items", _ITEMS), packing.Page("Links", _LINKS)),
    Expected(
        things={"Person": {"Ivo SAMPLE"}, "Organization": {"Dock Works"}, "Identifier": {"actor:t001"}},
        links={"RELATED_TO": {("Ivo SAMPLE", "Dock Works"), ("Ivo SAMPLE", "actor:t001")}},
        said={"Ivo SAMPLE RELATED_TO Dock Works": {"relationship": ["Director"], "first_seen": "2019-02-01"}},
        asked=("who says so",),
        corrections=("claimant=Intelligence unit",),
    ),
)

_ELEMENTS = (
    ("Label", "Type", "Tags", "Description"),
    ("Ivo Sample", "Person", "key|leader", "Leader of the Front"),
    ("Dock Works", "Organization", None, "A company"),
    ("Fundraising", "Activity", None, None),
)
_CONNECTIONS = (
    ("From", "To", "Type", "Direction", "Tags", "Description", "Strength"),
    ("Ivo Sample", "Dock Works", "owns", "directed", None, "as the register says", 3),
    ("Dock Works", "Fundraising", "pays for", "directed", None, None, 1),
)
KUMU = Ugly(
    "kumu.xlsx",
    "connections that name elements of another sheet, of whatever kind these are",
    lambda: packing.xlsx(packing.Page("Elements", _ELEMENTS), packing.Page("Connections", _CONNECTIONS)),
    Expected(
        things={"Person": {"Ivo Sample"}, "Organization": {"Dock Works"}, "Concept": {"Fundraising"}},
        links={"RELATED_TO": {("Ivo Sample", "Dock Works"), ("Dock Works", "Fundraising")}},
        asked=("who says so",),
        corrections=("claimant=desk research",),
    ),
)

_CERTIFICATES = """\
crt.sh ID,Logged At,Not Before,Not After,Common Name,Matching Identities,Issuer Name
11000000001,2024-01-10,2024-01-10,2024-04-09,veilcast.example,"veilcast.example
www.veilcast.example","C=QZ, O=Sample CA, CN=R3"
11000000002,2024-02-10,2024-02-10,2024-05-10,*.red-kiln.example,"*.red-kiln.example
red-kiln.example","C=QZ, O=Sample CA, CN=R3"
"""
CERTIFICATES = Ugly(
    "crtsh.csv",
    "several domains in the lines of a cell; stars before domains; dates of certificates, which are none of sites",
    lambda: _CERTIFICATES.encode(),
    Expected(
        things={
            "Website": {"veilcast.example", "www.veilcast.example", "red-kiln.example"},
            "Domain": {"veilcast.example", "www.veilcast.example", "red-kiln.example"},
        },
        may={"HAS_DOMAIN"},
    ),
)

_POLICE = """\
Incident Number,Report Date,Occurred From,Occurred To,Offense,Location,Suspect Name,Suspect Race,Suspect Sex,Victim Name
24-00123,03/14/2024,03/13/2024 22:10,03/13/2024 23:00,ASSAULT,100 BLK QUAY ST,"SAMPLE, IVO",W,M,"SPECIMEN, LENA"
24-00124,03/15/2024,03/15/2024 01:10,03/15/2024 01:20,ARSON,DOCK RD,UNKNOWN,,,"EXAMPLE, TARO"
"""
SUSPECTS = Ugly(
    "police_log.csv",
    "suspects and victims, who are no organizations because a row names them; a beginning and an end by the minute",
    lambda: _POLICE.encode(),
    Expected(
        things={
            "Incident": {"24-00123", "24-00124"},
            "Person": {"SAMPLE, IVO", "SPECIMEN, LENA", "EXAMPLE, TARO"},
            "Place": {"100 BLK QUAY ST", "DOCK RD"},
        },
        links={
            "PARTICIPATED_IN": {("SAMPLE, IVO", "24-00123")},
            "TARGET_OF": {("SPECIMEN, LENA", "24-00123"), ("EXAMPLE, TARO", "24-00124")},
            "OCCURRED_AT": {("24-00123", "100 BLK QUAY ST"), ("24-00124", "DOCK RD")},
        },
        said={"24-00123": {"date": "2024-03-13"}, "24-00124": {"date": "2024-03-15"}},
        asked=("of what kind is 'attacker'", "of what kind is 'target'", "who says so"),
        refused=("Suspect Race", "Suspect Sex"),
        corrections=("attacker.kind=Person", "target.kind=Person", "claimant=Alderton police"),
    ),
)
