"""Lists of persons and bodies as ministries, police and sanction offices mail them."""

from __future__ import annotations

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_GERMAN = """\
Landesamt Musterland, Referat 4: gesuchte Personen (Auszug);;;;;;;;;
Stand: 03.04.2023, nur für den Dienstgebrauch;;;;;;;;;
;;;;;;;;;
Lfd. Nr.;Name;Vorname;weitere Namen;Geschlecht;Staatsangehörigkeit;Konfession;Organisation;Funktion;seit
001;Muster;Erika;"Eri; die Lange";w;musterländisch;altgläubig;Bund Grüner Berg;Kassiererin;12.03.2019
002;Beispiel;Jörg;;m;musterländisch;altgläubig;Bund Grüner Berg;Sprecher;25.11.2020
003;Probe;Anna;;w;unbekannt;;Kreis Weißer See;Sprecherin;01.02.2021
004;Test;Käthe;Kati;w;musterländisch;altgläubig;Kreis Weißer See;;2018
005;Vorlage;Otto;;m;musterländisch;;Bund Grüner Berg;Fahrer;03/2017
006;Entwurf;Udo;;m;musterländisch;altgläubig;-;;
007;Skizze;Ilse;;w;unbekannt;;Kreis Weißer See;Kassiererin;30.06.2022
008;Abriß;Jürgen;"Jockel; der Kurze";m;musterländisch;;Bund Grüner Berg;Fahrer;ca. 2016
Summe: 8 Personen;;;;;;;;;
"""
_GREEN, _WHITE = "Bund Grüner Berg", "Kreis Weißer See"
GERMAN = Ugly(
    "Fahndungsliste_Stand_0304.csv",
    "Latin-1; semicolons; CRLF; header in row 4; a sum in words; several names in a cell; name in two columns",
    lambda: _GERMAN.replace("\n", "\r\n").encode("cp1252"),
    Expected(
        things={
            "Person": {
                *("Erika Muster", "Jörg Beispiel", "Anna Probe", "Käthe Test", "Otto Vorlage", "Udo Entwurf"),
                *("Ilse Skizze", "Jürgen Abriß"),
            },
            "Organization": {_GREEN, _WHITE},
        },
        links={
            "MEMBER_OF": {
                *((name, _GREEN) for name in ("Erika Muster", "Jörg Beispiel", "Otto Vorlage", "Jürgen Abriß")),
                *((name, _WHITE) for name in ("Anna Probe", "Käthe Test", "Ilse Skizze")),
            }
        },
        said={
            "Erika Muster": {"names": ["Erika Muster", "Eri", "die Lange"]},
            f"Erika Muster MEMBER_OF {_GREEN}": {"first_seen": "2019-03-12", "role": ["Kassiererin"]},
            f"Anna Probe MEMBER_OF {_WHITE}": {"first_seen": "2021-02-01"},
            f"Otto Vorlage MEMBER_OF {_GREEN}": {"first_seen": "2017-03-01"},
        },
        asked=("who says so",),
        left_out=("row 13",),
        refused=("Geschlecht", "Staatsangehörigkeit", "Konfession"),
        nowhere=("musterländisch", "altgläubig"),
        corrections=("claimant=Landesamt Musterland",),
    ),
)

_FRENCH_HEADER = ("N°", "Nom", "Prénom", "Qualité", "Association", "Siège", "Depuis le", "Jusqu'au", "Observations")
_FRENCH = (
    ("1", "EXEMPLE", "Jeanne", "Présidente", "Les Amis du Modèle", "Ville-Test", "03/04/2016", "05/06/2019", ""),
    ("2", "TÉMOIN", "Luc", "Trésorier", "Les Amis du Modèle", "Ville-Test", "03/04/2016", "05/06/2019", ""),
    ("3", "FICTIF", "Noé", "Secrétaire", "Les Amis du Modèle", "Ville-Test", "07/09/2017", "", "cf. n° 5"),
    ("4", "PROTOTYPE", "Ève", "Présidente", "Cercle L’Essai", "Bourg-Modèle", "01/02/2015", "02/03/2020", ""),
    ("5", "FICTIF", "Zoé", "Trésorière", "Cercle L’Essai", "Bourg-Modèle", "01/02/2015", "", "sœur du n° 3"),
    ("6", "ÉBAUCHE", "Guy", "Membre", "Cercle L’Essai", "Bourg-Modèle", "11/12/2018", "", 'dit "Le Grand"'),
    ("7", "CROQUIS", "Anaïs", "Présidente", "Union du Gabarit", "Ville-Test", "04/05/2012", "06/07/2013", ""),
    ("8", "CANEVAS", "Rémi", "Trésorier", "Union du Gabarit", "Ville-Test", "04/05/2012", "", ""),
    ("9", "EXEMPLE", "Paul", "Membre", "Union du Gabarit", "Ville-Test", "10/10/2014", "", "sans lien avec le n° 1"),
    ("10", "MAQUETTE", "Inès", "Secrétaire", "Union du Gabarit", "Ville-Test", "02/01/2013", "03/02/2014", ""),
)
_FRENCH_NAMES = tuple(f"{row[2]} {row[1]}" for row in _FRENCH)
FRENCH = Ugly(
    "dirigeants associations dissoutes.tsv",
    "UTF-16; tabs; CRLF; day or month first; name in two columns; curly quotes",
    lambda: packing.delimited([_FRENCH_HEADER, *_FRENCH], "\t").encode("utf-16"),
    Expected(
        things={"Person": set(_FRENCH_NAMES), "Organization": {row[4] for row in _FRENCH}},
        links={"MEMBER_OF": {(name, row[4]) for name, row in zip(_FRENCH_NAMES, _FRENCH, strict=True)}},
        said={
            "Jeanne EXEMPLE MEMBER_OF Les Amis du Modèle": {
                **{"first_seen": "2016-04-03", "last_seen": "2019-06-06", "role": ["Présidente"]}
            },
            "Guy ÉBAUCHE MEMBER_OF Cercle L’Essai": {"first_seen": "2018-12-11"},
        },
        may={"Place", "LOCATED_IN"},
        asked=("day first or month first", "who says so"),
        corrections=("dates=day first", "claimant=Ministère"),
    ),
)

_ARABIC = (
    ("\u200fقائمة الأعضاء – فرع المثال", *[None] * 7),
    (None,) * 8,
    (
        "\u200fم",
        "\u200fالاسم الكامل",
        "\u200fالجنسية",
        "\u200fالديانة",
        "\u200fالمنصب",
        "\u200fالجهة",
        "\u200fتاريخ الانضمام",
        "\u200fملاحظات",
    ),
    (1, "سليم المثال", "مثالي", "س", "مدير", "جمعية النموذج", "٢٠١٨/٠٣/١٤", None),
    (2, "نجم التجربة", "مثالي", "س", "أمين الصندوق", "جمعية النموذج", "٢٠١٩/٠١/٢٢", None),
    (3, "وليد العينة\u200f", "مثالي", "ص", "عضو", "جمعية النموذج", "٢٠١٩/٠٥/٣٠", "نقل إلى فرع آخر"),
    (4, "اسم قديم", "مثالي", "ص", "عضو", "جمعية النموذج", "٢٠١٧/٠١/٠١", "محذوف"),
    (5, "سمير البيان", "مثالي", "س", "مدير", "لجنة الورشة", "٢٠٢٠/٠٢/١٧", None),
    (6, "رامي الصورة", "مثالي", "س", "عضو", "لجنة الورشة", "٢٠٢٠/١١/٠٩", None),
    ("المجموع", 6, None, None, None, None, None, None),
)
_ARABIC_NAMES = (("سليم المثال", 0), ("نجم التجربة", 0), ("وليد العينة", 0), ("سمير البيان", 1), ("رامي الصورة", 1))
_ARABIC_BODIES = ("جمعية النموذج", "لجنة الورشة")
ARABIC = Ugly(
    "قائمة الأعضاء.xlsx",
    "right-to-left marks; Arabic digits; header in row 3; merged title; hidden row; totals row",
    lambda: packing.xlsx(packing.Page("ورقة1", _ARABIC, ("A1:H1",), hidden=(7,))),
    Expected(
        things={"Person": {name for name, _ in _ARABIC_NAMES}, "Organization": set(_ARABIC_BODIES)},
        links={"MEMBER_OF": {(name, _ARABIC_BODIES[at]) for name, at in _ARABIC_NAMES}},
        said={
            "سليم المثال MEMBER_OF جمعية النموذج": {"first_seen": "2018-03-14", "role": ["مدير"]},
            "رامي الصورة MEMBER_OF لجنة الورشة": {"first_seen": "2020-11-09"},
        },
        asked=("who says so",),
        left_out=("its author hid: row 7", "totals: row 10"),
        refused=("الجنسية", "الديانة"),
        nowhere=("مثالي", "اسم قديم"),
        corrections=("claimant=فرع المثال",),
    ),
)

_OFSI_HEADER = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID"
)
_OFSI = """\
SAMPLE|IVO|MARK||Иво Семпл|01/02/1970|Norlandic|N0012345|Minister|Norland|Individual|Primary name||14/03/2019|90001
SAMPEL|IVO|||||||||Individual|AKA|Good|14/03/2019|90001
SPECIMEN|LENA||||05/06/1968|Norlandic||Director|Norland|Individual|Primary name||14/03/2019|90002
NORLAND DOCK WORKS|||||||||Norland|Entity|Primary name||15/03/2019|90003
N.D.W.|||||||||Norland|Entity|AKA|Low|15/03/2019|90003
RIVER COLUMN|||||||||Norland|Entity|Primary name||22/07/2020|90004
EXAMPLE|TARO|||例 太郎|00/00/1981|Sudmarkian|S998877|Engineer|Sudmark|Individual|Primary name||30/09/2021|90005
MODEL|PETRA|ANNA||||Norlandic|||Norland|Individual|Primary name||30/09/2021|90006
"""
_OFSI_COLUMNS = [
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name Non-Latin Script",
    "DOB",
    "Nationality",
    "Passport Number",
    "Position",
    "Country",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Listed On",
    "Group ID",
]


def _ofsi_row(line: str) -> list[str]:
    given = dict.fromkeys(_OFSI_HEADER.split(","), "") | dict(zip(_OFSI_COLUMNS, line.split("|"), strict=True))
    given |= {"Regime": "Norland", "Other Information": f"(UK Sanctions List Ref):NOR{given['Group ID'][-4:]}."}
    return list((given | {"Last Updated": "30/09/2021"}).values())


OFSI = Ugly(
    "ConList.csv",
    "BOM; CRLF; header in row 2; name in six columns; several rows for one; 36 columns",
    lambda: packing.delimited(
        [["Last Updated", "03/04/2023"], _OFSI_HEADER.split(","), *map(_ofsi_row, _OFSI.splitlines())]
    ).encode("utf-8-sig"),
    Expected(
        things={
            "Person": {"IVO MARK SAMPLE", "LENA SPECIMEN", "TARO EXAMPLE", "PETRA ANNA MODEL"},
            "Organization": {"NORLAND DOCK WORKS", "RIVER COLUMN"},
        },
        said={
            "IVO MARK SAMPLE": {
                "names": ["IVO MARK SAMPLE", "Иво Семпл", "IVO SAMPEL"],
                "position": ["Minister"],
            },
            "NORLAND DOCK WORKS": {"names": ["NORLAND DOCK WORKS", "N.D.W."], "country": ["Norland"]},
        },
        refused=("Nationality", "Passport Number"),
        nowhere=("Norlandic", "N0012345", "S998877"),
        corrections=("actor.name=Name 1 + Name 2 + Name 3 + Name 6", "actor.id=Group ID"),
    ),
)
