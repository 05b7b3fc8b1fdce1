"""Exports of whois, passive DNS and crawls, and lists of domains that registries keep."""

from __future__ import annotations

from datetime import date

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_WHOIS_HEADER = (
    "domainName,registrarName,contactEmail,whoisServer,nameServers,createdDate,updatedDate,expiresDate,"
    "standardRegCreatedDate,standardRegUpdatedDate,standardRegExpiresDate,status,Audit_auditUpdatedDate,"
    "registrant_email,registrant_name,registrant_organization,registrant_street1,registrant_city,registrant_country,"
    "registrant_telephone,administrativeContact_email,RegistryData_rawText"
)
_WHOIS = """\
sample-one.example|Sample Registrar, Inc.|2019-03-04T10:20:30Z|2021-03-04T10:20:30Z|ops@sample.example|Dock Works|sample
sample-two.example|Sample Registrar, Inc.|2019-03-05T00:01:02Z|2021-03-05T00:01:02Z|ops@sample.example|Dock Works|sample
third.test|Other Names LLC|2020-11-30T23:59:59Z|2022-11-30T23:59:59Z|redacted@privacy.example|REDACTED FOR PRIVACY|park
xn--beispl-7ya.test|Other Names LLC|2018-01-01T00:00:00Z|2023-01-01T00:00:00Z||Kreis Weißer See|park
SAMPLE-FIVE.EXAMPLE|Sample Registrar, Inc.|2021-06-07T08:00:00Z|2023-06-07T08:00:00Z|OPS@sample.example|Dock Works|five
more-1.example|Other Names LLC|2020-01-01T00:00:00Z|2022-01-01T00:00:00Z|ops@sample.example|Dock Works|park
more-2.example|Other Names LLC|2020-02-01T00:00:00Z|2022-02-01T00:00:00Z|ops@sample.example|Dock Works|park
more-3.example|Other Names LLC|2020-03-01T00:00:00Z|2022-03-01T00:00:00Z|ops@sample.example|Dock Works|park
more-4.example|Other Names LLC|2020-04-01T00:00:00Z|2022-04-01T00:00:00Z|ops@sample.example|Dock Works|park
more-5.example|Other Names LLC|2020-05-01T00:00:00Z|2022-05-01T00:00:00Z|ops@sample.example|Dock Works|park
"""
_WHOIS_ROWS = [tuple(line.split("|")) for line in _WHOIS.splitlines()]


def _nameservers(row: tuple[str, ...]) -> list[str]:
    return [f"ns{number}.{row[6]}.example" for number in (1, 2)]


def _whois_row(row: tuple[str, ...]) -> list[str]:
    domain, registrar, created, expires, email, org, _ = row
    ns = _nameservers(row)
    given = dict.fromkeys(_WHOIS_HEADER.split(","), "")
    given |= {"domainName": domain, "registrarName": registrar, "contactEmail": email, "nameServers": "\n".join(ns)}
    given |= {
        "createdDate": created,
        "updatedDate": created,
        "expiresDate": expires,
        "status": "clientTransferProhibited",
    }
    given |= {"standardRegCreatedDate": created[:19].replace("T", " ") + " UTC", "registrant_email": email}
    given |= {"standardRegExpiresDate": expires[:19].replace("T", " ") + " UTC", "registrant_organization": org}
    given |= {"registrant_country": "NORLAND", "Audit_auditUpdatedDate": "2021-07-01 00:00:00 UTC"}
    given |= {"RegistryData_rawText": f"Domain Name: {domain}\nRegistrar: {registrar}\nName Server: {ns[0]}"}
    return list(given.values())


_NS = {(row[0].lower(), ns) for row in _WHOIS_ROWS for ns in _nameservers(row)}
_REGISTRATIONS = {row[0].lower(): f"{row[0].lower()}@{row[2][:10]}" for row in _WHOIS_ROWS}
WHOIS = Ugly(
    "whois_bulk_export.csv.zst",
    "zst; multi-line cells; a date in two forms; capitals in domains; 22 columns of which few count",
    lambda: packing.zst(
        packing.delimited([_WHOIS_HEADER.split(","), *map(_whois_row, _WHOIS_ROWS)], end="\n").encode()
    ),
    Expected(
        things={
            "Registration": set(_REGISTRATIONS.values()),
            "Domain": set(_REGISTRATIONS),
            "Organization": {"Sample Registrar, Inc.", "Other Names LLC"},
            "Identifier": {
                *("ops@sample.example", "redacted@privacy.example"),
                *("dock works", "redacted for privacy", "kreis weisser see", *(ns for _, ns in _NS)),
            },
        },
        links={
            "REGISTERED": {(registration, domain) for domain, registration in _REGISTRATIONS.items()},
            "REGISTRAR": {(_REGISTRATIONS[row[0].lower()], row[1]) for row in _WHOIS_ROWS},
            "USES_NS": _NS,
        },
        said={_REGISTRATIONS["third.test"]: {"expires": "2022-11-30"}},
        may={"REGISTRANT"},
    ),
)

_DNS_HEADER = ("count", "time_first", "time_last", "rrname", "rrtype", "bailiwick", "rdata")
_DNS = (
    ("17", "1546300800", "1552003199", "sample-one.example.", "A", "sample-one.example.", "192.0.2.10"),
    ("3", "1552003200", "1560038400", "sample-one.example.", "A", "sample-one.example.", "198.51.100.7"),
    ("220", "1546300800", "1577836799", "sample-one.example.", "NS", "example.", "ns1.sample.example."),
    ("8", "1552089600", "1560038400", "www.sample-one.example.", "AAAA", "sample-one.example.", "2001:db8::7"),
    ("1", "1556668800", "1556668800", "third.test.", "A", "third.test.", "198.51.100.7"),
    ("44", "1556668800", "1577836799", "third.test.", "A", "third.test.", "203.0.113.99"),
    *(
        ("2", "1577836800", "1580515200", f"more-{number}.example.", "A", "example.", f"203.0.113.{number}")
        for number in range(1, 6)
    ),
)
PASSIVE_DNS = Ugly(
    "pdns_rrset_lookup.tsv.gz",
    "gz; tabs; seconds since 1970; names with a dot at the end; records of several types",
    lambda: packing.gz(packing.delimited([_DNS_HEADER, *_DNS], "\t", "\n").encode()),
    Expected(
        things={
            "Domain": {row[3].rstrip(".") for row in _DNS},
            "Host": {row[6] for row in _DNS if row[4] != "NS"},
        },
        links={"RESOLVES_TO": {(row[3].rstrip("."), row[6]) for row in _DNS if row[4] != "NS"}},
        said={
            "sample-one.example RESOLVES_TO 192.0.2.10": {"first_seen": "2019-01-01", "last_seen": "2019-03-08"},
            "third.test RESOLVES_TO 198.51.100.7": {"first_seen": "2019-05-01", "last_seen": "2019-05-02"},
        },
        may={"Identifier", "USES_NS"},
        rejected=1,
    ),
)

_RUSSIAN = """\
Выписка из реестра;;;;;
по состоянию на 01.04.2021;;;;;
№ п/п;Домен;Сетевой адрес (IP);Дата внесения;Орган, принявший решение;Номер решения
1;образец.test;192.0.2.20;14.03.2021;Ведомство А;27-31-2021/Ид0014
2;primer.test;"192.0.2.21
192.0.2.22";15.03.2021;Ведомство А;27-31-2021/Ид0015
3;hxxps://mirror[.]example/kanal;203.0.113.5;16.03.2021;Ведомство Б;27-31-2021/Ид0016
4;*.sample-one.example;192.0.2.10;03.04.2020;Ведомство Б;27-31-2020/Ид0007
5;third.test;—;22.03.2021;Ведомство А;27-31-2021/Ид0021
6;more-1.example;203.0.113.1;23.03.2021;Ведомство А;27-31-2021/Ид0022
7;more-2.example;203.0.113.2;24.03.2021;Ведомство А;27-31-2021/Ид0023
Итого: 7;;;;;
"""
_RUSSIAN_DOMAINS = {
    *("xn--80abnh6an9b.test", "primer.test", "mirror.example", "sample-one.example", "third.test", "more-1.example"),
    "more-2.example",
}
RUSSIAN = Ugly(
    "выписка реестр.csv",
    "Windows-1251; semicolons; CRLF; header in row 3; two addresses in a cell; defanged addresses; "
    "Cyrillic domain; wildcards; a sum in words",
    lambda: _RUSSIAN.replace("\n", "\r\n").encode("cp1251"),
    Expected(
        things={
            "Domain": _RUSSIAN_DOMAINS,
            "Host": {
                *("192.0.2.20", "192.0.2.21", "192.0.2.22", "203.0.113.5", "192.0.2.10", "203.0.113.1", "203.0.113.2"),
            },
        },
        links={
            "RESOLVES_TO": {
                *(("xn--80abnh6an9b.test", "192.0.2.20"), ("primer.test", "192.0.2.21")),
                *(
                    ("primer.test", "192.0.2.22"),
                    ("mirror.example", "203.0.113.5"),
                    ("sample-one.example", "192.0.2.10"),
                ),
                *(("more-1.example", "203.0.113.1"), ("more-2.example", "203.0.113.2")),
            }
        },
        may={"Website", "HAS_DOMAIN", "Organization", "REQUESTED_REMOVAL", "Request", "MADE_REQUEST", "CONCERNS"},
        left_out=("row 11",),
        nowhere=("Итого",),
    ),
)

_CHINESE_HEADER = ("序号", "域名", "网站名称", "IP地址", "注册商", "注册日期", "到期日期", "备注")
_CHINESE = (
    ("1", "shili.example", "示例网", "192.0.2.31", "示例注册商", "2019年3月4日", "2022年3月4日", ""),
    ("2", "yangben.example", "样本论坛", "192.0.2.32", "示例注册商", "2019年3月14日", "2022年3月14日", "论坛，已关闭"),
    ("3", "ceshi.test", "测试站", "未知", "样本注册商", "2018年12月", "2021年12月", ""),
    ("4", "moni.test", "模拟站", "198.51.100.41", "样本注册商", "2020年1月9日", "2023年1月9日", "同一\n主机"),
    ("5", "lizi.test", "例子站", "198.51.100.42", "样本注册商", "2020年1月10日", "2023年1月10日", ""),
    ("6", "kongbai.test", "空白站", "198.51.100.43", "示例注册商", "2020年11月11日", "2023年11月11日", ""),
    ("7", "moxing.test", "模型站", "198.51.100.44", "示例注册商", "2020年12月1日", "2023年12月1日", ""),
    ("合计", "7", "", "", "", "", "", ""),
)
_CHINESE_ROWS = _CHINESE[:-1]
_CHINESE_IDS = {
    **{"shili.example": "shili.example@2019-03-04", "yangben.example": "yangben.example@2019-03-14"},
    **{"ceshi.test": "ceshi.test@2018-12", "moni.test": "moni.test@2020-01-09"},
    **{"lizi.test": "lizi.test@2020-01-10", "kongbai.test": "kongbai.test@2020-11-11"},
    "moxing.test": "moxing.test@2020-12-01",
}
CHINESE = Ugly(
    "域名清单.zip",
    "zip; GB18030; CRLF; totals row; multi-line cells; dates with 年月日; a note beside the sheet in the archive",
    lambda: packing.zipped(
        ("域名清单/域名.csv", packing.delimited([_CHINESE_HEADER, *_CHINESE]).encode("gb18030")),
        ("域名清单/说明.txt", "此表仅供参考。\r\n数据截至2021年4月。\r\n".encode("gb18030")),
    ),
    Expected(
        things={
            "Registration": set(_CHINESE_IDS.values()),
            "Domain": set(_CHINESE_IDS),
            "Host": {row[3] for row in _CHINESE_ROWS if row[3] != "未知"},
            "Organization": {"示例注册商", "样本注册商"},
        },
        links={
            "REGISTERED": {(registration, domain) for domain, registration in _CHINESE_IDS.items()},
            "REGISTRAR": {(_CHINESE_IDS[row[1]], row[4]) for row in _CHINESE_ROWS},
            "RESOLVES_TO": {(row[1], row[3]) for row in _CHINESE_ROWS if row[3] != "未知"},
        },
        said={_CHINESE_IDS["shili.example"]: {"created": "2019-03-04", "expires": "2022-03-04"}},
        may={"Website", "HAS_DOMAIN"},
        left_out=("totals: row 9", "说明.txt"),
    ),
)

_OLD_HEADER = ("Site", "Adresse (URL)", "IP", "Analytics-ID", "zuerst gesehen", "zuletzt gesehen", "Bemerkung")
_OLD = (
    ("Liste der Seiten, Stand 2012", *[None] * 6),
    _OLD_HEADER,
    (
        "Grüner Berg",
        "hxxp://www[.]berg[.]example/index.php",
        "192.0.2.51",
        "UA-100001-1",
        date(2009, 5, 4),
        40909,
        None,
    ),
    (
        "Grüner Berg Forum",
        "hxxps://forum[.]berg[.]example/",
        "192.0.2.51",
        "UA-100001-2",
        39904,
        40909,
        "nur mit\nKennwort",
    ),
    ("Weißer See", "http://see.test:8080/start?x=1", "192.0.2.52", None, date(2010, 1, 1), None, None),
    ("See Archiv", "archiv.see.test", "192.0.2.52", "UA-200002-1", None, date(2011, 12, 31), "s. o."),
    ("Mehr", "more-1.example", "192.0.2.53", "UA-300003-1", 40544, 40575, None),
    ("Mehr (alt)", "more-2.example/index.htm", "192.0.2.53", "UA-300003-1", 40544, None, None),
    ("Noch mehr", "more-3.example", "192.0.2.53", None, 40575, None, None),
    ("gesamt", 7, None, None, None, None, None),
)
_OLD_SITES = (
    *("www.berg.example", "forum.berg.example", "see.test", "archiv.see.test", "more-1.example", "more-2.example"),
    "more-3.example",
)
_OLD_ROWS = _OLD[2:-1]
OLD = Ugly(
    "Seiten.xls",
    "Excel 97; header in row 2; Excel serial dates; totals row; defanged addresses; multi-line cells",
    lambda: packing.xls("Tabelle1", _OLD),
    Expected(
        things={
            "Website": {row[0] for row in _OLD_ROWS},
            "Domain": set(_OLD_SITES),
            "Host": {"192.0.2.51", "192.0.2.52", "192.0.2.53"},
            "Identifier": {row[3] for row in _OLD_ROWS if row[3]},
        },
        links={
            "HAS_DOMAIN": {(row[0], site) for row, site in zip(_OLD_ROWS, _OLD_SITES, strict=True)},
            "RESOLVES_TO": {(site, row[2]) for row, site in zip(_OLD_ROWS, _OLD_SITES, strict=True)},
            "USES_ID": {(site, row[3]) for row, site in zip(_OLD_ROWS, _OLD_SITES, strict=True) if row[3]},
        },
        said={
            "www.berg.example RESOLVES_TO 192.0.2.51": {"first_seen": "2009-05-04", "last_seen": "2012-01-02"},
            "forum.berg.example RESOLVES_TO 192.0.2.51": {"first_seen": "2009-04-01"},
        },
        left_out=("totals: row 10",),
    ),
)


def _many_rows() -> list[list[str]]:
    return [
        [f"{number:05}", f"site-{number:05}.example", f"192.0.2.{number % 250 + 1}", f"{number % 28 + 1:02}.03.2021"]
        for number in range(20_000)
    ]


MANY = Ugly(
    "alle_domains.csv.zst",
    "20,000 rows; zst; BOM; semicolons; CRLF",
    lambda: packing.zst(
        packing.delimited([("ID", "Domain", "IP", "first seen"), *_many_rows()], ";").encode("utf-8-sig")
    ),
    Expected(
        things={
            "Domain": {row[1] for row in _many_rows()},
            "Host": {row[2] for row in _many_rows()},
        },
        links={"RESOLVES_TO": {(row[1], row[2]) for row in _many_rows()}},
        said={"site-00003.example RESOLVES_TO 192.0.2.4": {"first_seen": "2021-03-04"}},
        may={"Website", "HAS_DOMAIN"},
    ),
)
