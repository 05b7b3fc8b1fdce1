"""Event tables as UCDP, ACLED and GTD hand them out."""

from __future__ import annotations

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_GED_HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
_GED = """\
412001|Red Hill Front|Alderton|1|2019-03-04|2019-03-04|3|5|2|-1
412002|Red Hill Front|Alderton|2|2019-03-09|2019-03-12|1|1|1|2
412003|Red Hill Front|Birchwick|4|2019-04-01|2019-04-30|0|4|0|1
412004|River Column|Birchwick|1|2019-05-22|2019-05-22|2|2|2|3
412005|River Column|Cedarford|5|2019-01-01|2019-12-31|7|11|7|-1
412006|River Column|Cedarford|1|2019-08-02|2019-08-02|1|1|0|1
412007|Red Hill Front|Dunmere|3|2019-09-02|2019-09-08|0|2|0|4
412008|Red Hill Front|Alderton|1|2019-09-30|2019-09-30|4|6|4|2
412009|River Column|Dunmere|1|2019-11-11|2019-11-11|1|3|1|1
412010|River Column|Alderton|1|2019-12-05|2019-12-05|2|2|2|-1
"""
_GED_ROWS = [tuple(line.split("|")) for line in _GED.splitlines()]


def _ged_row(row: tuple[str, ...]) -> list[str]:
    id_, side, place, prec, start, end, best, high, low, sources = row
    given = dict.fromkeys(_GED_HEADER.split(","), "")
    given |= {
        "id": id_,
        "relid": f"NOR-2019-3-77-{id_[-2:]}",
        "year": "2019",
        "active_year": "1",
        "code_status": "Clear",
    }
    given |= {"type_of_violence": "3", "conflict_new_id": "577", "conflict_name": f"{side} - Civilians"}
    given |= {"dyad_new_id": "1077", "dyad_name": f"{side} - Civilians", "side_a_new_id": "77", "side_a": side}
    given |= {"side_b_new_id": "9999", "side_b": "Civilians", "number_of_sources": sources}
    given |= {"source_article": f'"Harbour Daily, {start}, ""Residents of {place} report"""', "where_prec": "1"}
    given |= {"where_coordinates": place, "adm_1": "Hill province", "latitude": "11.250000", "longitude": "7.750000"}
    given |= {"geom_wkt": "POINT (7.750000 11.250000)", "country": "Norland", "country_id": "990", "region": "Africa"}
    given |= {"event_clarity": "1", "date_prec": prec, "deaths_civilians": best, "deaths_a": "0", "deaths_b": "0"}
    given |= {"date_start": f"{start} 00:00:00.000", "date_end": f"{end} 00:00:00.000"}
    return list((given | {"best": best, "high": high, "low": low, "gwnoa": "", "gwnob": ""}).values())


GED = Ugly(
    "GEDEvent_Norland_2019.csv.gz",
    "gz; CRLF; sentinels: -1 and 0; dates with a time of 0:00 and a precision apart; 49 columns",
    lambda: packing.gz(packing.delimited([_GED_HEADER.split(","), *map(_ged_row, _GED_ROWS)]).encode()),
    Expected(
        things={
            "Incident": {row[0] for row in _GED_ROWS},
            "Organization": {"Red Hill Front", "River Column"},
            "Place": {"Alderton", "Birchwick", "Cedarford", "Dunmere"},
        },
        links={
            "PARTICIPATED_IN": {(row[1], row[0]) for row in _GED_ROWS},
            "OCCURRED_AT": {(row[0], row[2]) for row in _GED_ROWS},
        },
        said={
            "412001": {"date": "2019-03-04", "killed": 3, "killed_low": 2, "killed_high": 5},
            "412002": {"date": "2019-03-09/2019-03-12", "killed": 1},
            "412003": {"date": "2019-04", "killed": 0, "killed_low": 0, "killed_high": 4},
            "412005": {"date": "2019", "killed": 7, "killed_high": 11},
            "412007": {"date": "2019-09-02/2019-09-08"},
            "Alderton": {"latitude": 11.25, "longitude": 7.75},
        },
        may={"Group", "TARGET_OF"},
        asked=("who says so",),
        corrections=("claimant=UCDP", "target.kind=Group"),
    ),
)

_ACLED_HEADER = (
    "event_id_cnty;event_date;year;time_precision;disorder_type;event_type;sub_event_type;actor1;assoc_actor_1;inter1;"
    "actor2;assoc_actor_2;inter2;interaction;civilian_targeting;iso;region;country;admin1;admin2;admin3;location;"
    "latitude;longitude;geo_precision;source;source_scale;notes;fatalities;tags;timestamp"
)
_ACLED = """\
NOR1001|04 March 2022|1|Mob violence|Dockworkers (Norland)|Alderton|11,2500|Harbour Daily; Coast Radio|0
NOR1002|05 March 2022|1|Mob violence|Dockworkers (Norland)|Alderton|11,2500|Harbour Daily|1
NOR1003|11 March 2022|2|Attack|Red Hill Front|Birchwick|11,5031|Coast Radio|2
NOR1004|1 April 2022|3|Attack|Red Hill Front|Cedarford|10,9000|Undisclosed Source|0
NOR1005|12 April 2022|1|Attack|River Column|Cedarford|10,9000|Harbour Daily|3
NOR1006|02 May 2022|1|Abduction|River Column|Dunmere|10,7125|Coast Radio; Valley Post|0
NOR1007|03 May 2022|1|Attack|Red Hill Front|Dunmere|10,7125|Valley Post|1
NOR1008|19 June 2022|1|Mob violence|Dockworkers (Norland)|Alderton|11,2500|Harbour Daily|0
NOR1009|20 June 2022|1|Attack|River Column|Birchwick|11,5031|Coast Radio|0
NOR1010|30 June 2022|1|Attack|Red Hill Front|Birchwick|11,5031|Harbour Daily|5
"""
_ACLED_ROWS = [tuple(line.split("|")) for line in _ACLED.splitlines()]


def _acled_row(row: tuple[str, ...]) -> list[str]:
    id_, date, prec, sub_type, actor, place, latitude, source, killed = row
    given = dict.fromkeys(_ACLED_HEADER.split(";"), "")
    given |= {"event_id_cnty": id_, "event_date": date, "year": "2022", "time_precision": prec}
    given |= {"disorder_type": "Political violence", "event_type": "Violence against civilians", "actor1": actor}
    given |= {"sub_event_type": sub_type, "inter1": "3", "actor2": "Civilians (Norland)", "inter2": "7"}
    given |= {
        "civilian_targeting": "Civilian targeting",
        "iso": "990",
        "region": "Western Africa",
        "country": "Norland",
    }
    given |= {
        "admin1": "Hill province",
        "location": place,
        "latitude": latitude,
        "longitude": "7,7500",
        "source": source,
    }
    given |= {"notes": f'On {date}, {actor} were said to have come to {place}; "several" residents left.'}
    return list((given | {"geo_precision": "1", "fatalities": killed, "timestamp": "1656633600"}).values())


ACLED = Ugly(
    "2022-01-01-2022-06-30-Norland.csv",
    "BOM; semicolons; decimal commas; CRLF; quotes in cells; two words for one precision",
    lambda: packing.delimited([_ACLED_HEADER.split(";"), *map(_acled_row, _ACLED_ROWS)], ";").encode("utf-8-sig"),
    Expected(
        things={
            "Incident": {row[0] for row in _ACLED_ROWS},
            "Organization": {"Dockworkers (Norland)", "Red Hill Front", "River Column"},
            "Group": {"Civilians (Norland)"},
            "Place": {"Alderton", "Birchwick", "Cedarford", "Dunmere"},
        },
        links={
            "PARTICIPATED_IN": {(row[4], row[0]) for row in _ACLED_ROWS},
            "TARGET_OF": {("Civilians (Norland)", row[0]) for row in _ACLED_ROWS},
            "OCCURRED_AT": {(row[0], row[5]) for row in _ACLED_ROWS},
        },
        said={
            "NOR1001": {"date": "2022-03-04", "killed": 0},
            "NOR1003": {"date": "2022-03-11~"},
            "NOR1004": {"date": "2022-04"},
            "NOR1010": {"date": "2022-06-30", "killed": 5},
            "Birchwick": {"latitude": 11.5031, "longitude": 7.75},
        },
        asked=("who says so",),
        corrections=("claimant=ACLED", "target.kind=Group"),
    ),
)

_GTD_HEADER = (
    "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,provstate,city,"
    "latitude,longitude,specificity,vicinity,location,summary,crit1,crit2,crit3,doubtterr,multiple,success,suicide,"
    "attacktype1,attacktype1_txt,targtype1,targtype1_txt,targsubtype1,targsubtype1_txt,corp1,target1,natlty1,natlty1_txt,"
    "gname,gsubname,motive,guncertain1,individual,nperps,claimed,weaptype1,weaptype1_txt,nkill,nkillus,nkillter,nwound,"
    "property,addnotes,scite1,scite2,dbsource,INT_LOG,INT_IDEO,related"
)
_GTD = """\
201503010001|3|1|Facility/Infrastructure Attack|Government (General)|Town hall of Alderton|Red Hill Front|Alderton|0|-99
201503140002|3|14|Bombing/Explosion|Police|Guard post|Red Hill Front|Alderton|1|2
201504000003|4|0|Armed Assault|Business|Sugar mill|Unknown|Birchwick|0|
201500000004|0|0|Facility/Infrastructure Attack|Utilities|Power line|River Column|Cedarford||-9
201506210005|6|21|Armed Assault|Police|Guard post|River Column|Dunmere|2|3
201507020006|7|2|Hostage Taking (Kidnapping)|Journalists & Media|Coast Radio|Unknown|Dunmere|0|0
201508300007|8|30|Bombing/Explosion|Business|Sugar mill|Red Hill Front|Birchwick|0|1
201509110008|9|11|Facility/Infrastructure Attack|Utilities|Power line|Unknown|Cedarford|0|0
201510050009|10|5|Armed Assault|Police|Guard post|River Column|Alderton|1|-99
201512310010|12|31|Bombing/Explosion|Government (General)|Town hall of Alderton|Red Hill Front|Alderton|0|0
"""
_GTD_ROWS = [tuple(line.split("|")) for line in _GTD.splitlines()]


def _gtd_row(row: tuple[str, ...]) -> list[str | float | None]:
    id_, month, day, attack, target_type, target, group, city, killed, wounded = row
    given: dict[str, str | float | None] = dict.fromkeys(_GTD_HEADER.split(","))
    given |= {"eventid": int(id_), "iyear": 2015, "imonth": int(month), "iday": int(day), "extended": 0}
    given |= {"approxdate": "around spring 2015" if month == "0" else None, "country": 990, "country_txt": "Norland"}
    given |= {"region": 11, "region_txt": "Sub-Saharan Africa", "provstate": "Hill province", "city": city}
    given |= {"latitude": 11.25, "longitude": 7.75, "specificity": 1, "vicinity": 0, "crit1": 1, "crit2": 1, "crit3": 0}
    given |= {"summary": f"{month}/{day}/2015: An attack was reported in {city}.\nNo group was named at first."}
    given |= {"attacktype1": 2, "attacktype1_txt": attack, "targtype1": 3, "targtype1_txt": target_type}
    given |= {"target1": target, "natlty1": 990, "natlty1_txt": "Norlandic", "gname": group, "individual": 0}
    given |= {"nperps": -99, "claimed": -9, "nkill": float(killed) if killed else None, "nkillter": None}
    given |= {"nwound": float(wounded) if wounded else None, "property": -9, "scite1": '"Attack reported," Valley Post'}
    return list((given | {"dbsource": "START Primary Collection", "INT_LOG": -9, "INT_IDEO": -9}).values())


_CODEBOOK = (
    ("Variable", "Meaning"),
    ("eventid", "A 12-digit number: the day, and the number of the case on it"),
    ("imonth", "Month; 0 when it is not known"),
    ("iday", "Day; 0 when it is not known"),
    ("nwound", "Number of injured; -99 when it is not known"),
    ("gname", "The group that is said to have done it; Unknown when none is"),
)
GTD = Ugly(
    "gtd extract Norland (final).xlsx",
    "several sheets; multi-line cells; sentinels: 0, -9, -99, Unknown; dates in three columns; counts as 2.0",
    lambda: packing.xlsx(
        packing.Page("Data", [_GTD_HEADER.split(","), *map(_gtd_row, _GTD_ROWS)]), packing.Page("Codebook", _CODEBOOK)
    ),
    Expected(
        things={
            "Incident": {row[0] for row in _GTD_ROWS},
            "Organization": {"Red Hill Front", "River Column", *(row[5] for row in _GTD_ROWS)},
            "Place": {"Alderton", "Birchwick", "Cedarford", "Dunmere"},
        },
        links={
            "PARTICIPATED_IN": {(row[6], row[0]) for row in _GTD_ROWS if row[6] != "Unknown"},
            "TARGET_OF": {(row[5], row[0]) for row in _GTD_ROWS},
            "OCCURRED_AT": {(row[0], row[7]) for row in _GTD_ROWS},
        },
        said={
            "201503010001": {"date": "2015-03-01", "killed": 0, "injured": None},
            "201503140002": {"date": "2015-03-14", "killed": 1, "injured": 2},
            "201504000003": {"date": "2015-04"},
            "201500000004": {"date": "2015", "killed": None, "injured": None},
            "201510050009": {"date": "2015-10-05", "injured": None},
        },
        asked=("who says so",),
        left_out=("Codebook",),
        refused=("natlty1_txt",),
        nowhere=("Norlandic",),
        corrections=("claimant=START", "-thing", "target.name=target1"),
    ),
)
