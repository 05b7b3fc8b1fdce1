"""Event tables as police and ministries write them."""

from __future__ import annotations

from datetime import date, datetime

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_FRENCH = """\
Préfecture du Val-Exemple - Extraction de la main courante
Édition du 02/05/2014

N°\tDate des faits\tCommune\tNature\tNb de morts\tNb de blessés\tAuteurs présumés\tObservations
0041\t1er mars 2014\tSaint-Exemple\tIncendie volontaire\t0\t3 à 5\tinconnus\tPlainte déposée
0042\t14 mars 2014\tSaint-Exemple\tDégradation\t0\t0\tBande du Pont\tRAS
0043\tavril 2014\tLa Ferté-Modèle\tVol à main armée\t1\t2\tBande du Pont\t"Deux témoins ;
déclarations concordantes"
0044\tvers 2013\tLa Ferté-Modèle\tIncendie volontaire\t0\tenviron 10\tinconnus\tDate à préciser
0045\t22 avril 2014\tVillers-Témoin\tDégradation\t0\tau moins 2\tCollectif Étoile\tRAS
0046\t23 avril 2014\tVillers-Témoin\tDégradation\t0\t0\tCollectif Étoile\tRAS
0047\t30/04/2014\tSaint-Exemple\tRixe\t0\t4\tBande du Pont ; Collectif Étoile\tRAS
Total\t\t\t\t1\t19\t\t
"""
_FRENCH_IDS = {f"00{number}" for number in range(41, 48)}
FRENCH = Ugly(
    "extraction_main_courante.txt",
    "tabs; Latin-1; CRLF; header in row 4; totals row; multi-line cells; dates in words; counts in words",
    lambda: _FRENCH.replace("\n", "\r\n").encode("latin-1"),
    Expected(
        things={
            "Incident": _FRENCH_IDS,
            "Organization": {"Bande du Pont", "Collectif Étoile"},
            "Place": {"Saint-Exemple", "La Ferté-Modèle", "Villers-Témoin"},
        },
        links={
            "OCCURRED_AT": {
                *((f"00{number}", "Saint-Exemple") for number in (41, 42, 47)),
                *((f"00{number}", "La Ferté-Modèle") for number in (43, 44)),
                *((f"00{number}", "Villers-Témoin") for number in (45, 46)),
            },
            "PARTICIPATED_IN": {
                *(("Bande du Pont", f"00{number}") for number in (42, 43, 47)),
                *(("Collectif Étoile", f"00{number}") for number in (45, 46, 47)),
            },
        },
        said={
            "0041": {"date": "2014-03-01", "killed": 0, "injured_low": 3, "injured_high": 5},
            "0043": {"date": "2014-04", "killed": 1, "injured": 2},
            "0044": {"date": "2013~"},
            "0045": {"date": "2014-04-22", "injured_low": 2, "injured_high": None},
            "0047": {"date": "2014-04-30", "injured": 4},
        },
        asked=("who says so",),
        left_out=("totals: row 12",),
        corrections=("claimant=Préfecture du Val-Exemple", "nulls=inconnus"),
    ),
)

_SPANISH_HEADER = (
    "Fecha",
    "Municipio",
    "Provincia",
    "Tipo de hecho",
    "Fallecidos",
    "Heridos",
    "Presunto grupo",
    "Fuente",
)
_SPANISH = (
    ("Secretaría de Ejemplo - Parte mensual de operativos", *[None] * 7),
    ("Corte al 31 de mayo de 2021", *[None] * 7),
    _SPANISH_HEADER,
    (date(2021, 3, 4), "Villa Muestra", "Prueba", "Ataque a instalaciones", 1, 2, "Los Ensayos", "Diario Ejemplo"),
    (date(2021, 3, 12), "Villa Muestra", "Prueba", "Ataque armado", 0, 1, "Los Ensayos", "Diario Ejemplo"),
    (date(2021, 3, 20), "San Modelo", "Prueba", "Ataque armado", 2, 0, "Frente Muestra", "Radio Prueba"),
    ("Subtotal marzo", None, None, None, 3, 3, None, None),
    _SPANISH_HEADER,
    (date(2021, 4, 5), "San Modelo", "Prueba", "Amenaza", 0, 0, "Frente Muestra", "Radio Prueba"),
    (date(2021, 4, 6), "San Modelo", "Prueba", "borrador, no publicar", 0, 0, "Frente Muestra", "nota interna"),
    (date(2021, 4, 19), "Santa Cata", "Ensayo", "Ataque a instalaciones", 0, 4, "Los Ensayos", "Diario\nEjemplo"),
    ("Subtotal abril", None, None, None, 0, 4, None, None),
    (date(2021, 5, 2), "Santa Cata", "Ensayo", "Ataque armado", 1, 1, "se desconoce", "Radio Prueba"),
    ("Total general", None, None, None, 4, 8, None, None),
    *[(None,) * 8] * 3,
    ("Fuente: elaboración propia con datos de prensa.", *[None] * 7),
)
_SPANISH_ROWS = [row for row in _SPANISH if isinstance(row[0], date) and row[7] != "nota interna"]
SPANISH = Ugly(
    "operativos_2021.ods",
    "OpenDocument; header in row 3; hidden row; header repeated; totals rows; a million blank rows; a note below",
    lambda: packing.ods(packing.Page("Hoja1", _SPANISH, hidden=(10,))),
    Expected(
        things={
            "Incident": {f"row-{number}" for number in (4, 5, 6, 9, 11, 13)},
            "Organization": {"Los Ensayos", "Frente Muestra"},
            "Place": {"Villa Muestra", "San Modelo", "Santa Cata"},
        },
        links={
            "OCCURRED_AT": {
                *((f"row-{number}", "Villa Muestra") for number in (4, 5)),
                *((f"row-{number}", "San Modelo") for number in (6, 9)),
                *((f"row-{number}", "Santa Cata") for number in (11, 13)),
            },
            "PARTICIPATED_IN": {
                *(("Los Ensayos", f"row-{number}") for number in (4, 5, 11)),
                *(("Frente Muestra", f"row-{number}") for number in (6, 9)),
            },
        },
        said={
            "row-4": {"date": "2021-03-04", "killed": 1, "injured": 2},
            "row-6": {"date": "2021-03-20", "killed": 2, "injured": 0},
            "row-11": {"date": "2021-04-19", "killed": 0, "injured": 4},
        },
        asked=("who says so",),
        left_out=("its author hid: row 10", "totals: row 7, 12, 14", "repeated: row 8"),
        nowhere=("borrador, no publicar",),
        corrections=("claimant=Secretaría de Ejemplo", "nulls=se desconoce"),
    ),
)

_MAC = (
    ("Incident log, Harbour district", *[None] * 7),
    (None,) * 8,
    ("Ref", "When", None, "Where", "Casualties", None, "Source", "Checked"),
    (None, "Date", "Time", None, "Killed", "Wounded", None, None),
    ("H-001", datetime(2018, 2, 3), "06:40", "Pier 4", 0, "1-3", "Harbour Daily", 1),
    ("H-002", datetime(2018, 2, 14), "22:15", "Customs house", 1, 2, "Harbour Daily", 1),
    ("H-003", datetime(2018, 3, 1), None, "Pier 4", 0, ">10", "Coast Radio", 0),
    ("H-004", datetime(2018, 3, 9), "07:05", "Fish market", 0, "2+", "Coast Radio", 1),
    ("H-005", datetime(2018, 4, 4), "12:00", "Fish market", 0, "n/a", "Coast Radio", 0),
    (None, None, None, None, None, 0, None, 1),
    ("H-006", datetime(2018, 5, 30), "19:30", "Customs house", 2, 0, "Valley Post", 1),
    ("TOTAL", None, None, None, 3, None, None, None),
)
_MAC_PLACES = ("Pier 4", "Customs house", "Pier 4", "Fish market", "Fish market", "Customs house")
MAC = Ugly(
    "harbour log (mac).xlsx",
    "days counted from 1904; header over two rows; merged cells; totals row; 0 and 1 for no and yes; counts as 2+",
    lambda: packing.xlsx(
        packing.Page("Log", _MAC, ("A1:H1", "B3:C3", "E3:F3", "A3:A4", "D3:D4", "G3:G4", "H3:H4", "D5:D5")), mac=True
    ),
    Expected(
        things={"Incident": {f"H-00{number}" for number in range(1, 7)}, "Place": set(_MAC_PLACES)},
        links={"OCCURRED_AT": {(f"H-00{number}", place) for number, place in enumerate(_MAC_PLACES, start=1)}},
        said={
            "H-001": {"date": "2018-02-03", "killed": 0, "injured_low": 1, "injured_high": 3},
            "H-002": {"date": "2018-02-14", "killed": 1, "injured": 2},
            "H-004": {"date": "2018-03-09", "injured_low": 2, "injured_high": None},
            "H-005": {"date": "2018-04-04", "injured": None},
        },
        left_out=("totals: row 12", "row 10"),
        rejected=1,
    ),
)
