"""Words that names of sites, people and companies are made of."""

_FIRST = """James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan
Joseph Thomas Sarah Karen Daniel Nancy Anna Peter Stefan Klaus Sabine Jurgen Petra Andreas Monika Luca Giulia Marco
Paolo Francesca Pierre Sophie Julien Camille Luc Jose Maria Juan Carmen Antonio Lucia Carlos Ana Pedro Joao Ivan
Olga Sergey Dmitry Elena Natalia Andrey Alexey Irina Piotr Agnieszka Jan Katarzyna Tomas Eva Wei Li Ming Hui Jun Xin
Yan Nguyen Minh Linh Raj Priya Amit Sunita Ahmed Fatima Omar Yusuf Mehmet Ayse Emre Lars Ingrid Erik Sven Mikko Aino
Kofi Ama Chidi Ngozi Tunde Diego Valeria Mateo Camila Kenji Yuki Hana Min Seo Joon"""
_LAST = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
Anderson Taylor Moore Jackson Martin Lee Perez Thompson White Harris Clark Lewis Robinson Walker Young Allen King
Wright Scott Torres Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Muller Schmidt Schneider
Fischer Weber Meyer Wagner Becker Hoffmann Koch Bauer Richter Klein Wolf Rossi Russo Ferrari Bianchi Romano Colombo
Ricci Marino Greco Bruno Dubois Durand Leroy Moreau Simon Laurent Lefebvre Michel Bertrand Roux Silva Santos Costa
Pereira Oliveira Ivanov Petrov Sidorov Smirnov Volkov Kuznetsov Popov Morozov Kowalski Nowak Wisniewski Zielinski
Novak Svoboda Horvat Kovac Wang Zhang Chen Liu Yang Huang Zhao Wu Zhou Xu Sun Tran Pham Hoang Patel Sharma Singh
Kumar Gupta Khan Hussain Ali Yilmaz Kaya Demir Hansen Johansen Larsen Nilsson Eriksson Virtanen Korhonen Mensah
Okafor Adeyemi Tanaka Suzuki Sato Kim Park Choi Ramos Vargas Castro Rojas Molina Herrera Vega Keller Brandt Lang
Hofer Gruber Huber Steiner Berger Egger Jansen Bakker Visser Smit Peeters Maes"""
_TOWN = """ashford linden westbrook oakdale millbrook stonebridge kirkham ravenhill elmwood fairview holbrook easton
norwick harlow brenton calder dunmore ellison farrow glenside hartwell ivydale kelso larkhill marlow newport orford
penrith quarry redhill selby thornton upton vernon whitby yarrow zellin altheim bergdorf clairval doria estrella
fontaine granja hallein isola jasna koper lumina"""
_TRADE = """dental bakery plumbing law legal clinic yoga florist cafe garage roofing tax physio vet optics salon
hotel bnb farm winery pottery carpentry electric painting cleaning movers travel tours school kita club choir
football tennis hiking photo studio design architects consulting accounting insurance realty books music guitars
bikes camping fishing knitting quilts recipes garden bees soap candles jewelry toys pets horses sailing"""
_SYLLABLES = """ba be bo da de di do fa fi ga go ka ke ko la le li lo lu ma me mi mo na ne ni no pa pe po ra re ri
ro sa se si so ta te ti to va ve vi vo xa ze zi zo ven tor lan mar kel dro stra plu gri sol ter nox vex lum qui bra
cre"""
_THEMES = {
    "stream": """watch stream movie movies film series tv flix play cinema episode hd free online sport match
    goal live kino serial""",
    "pharma": """pill pills meds rx pharma pharmacy generic tabs health drug cure care order cheap canadian med
    store express""",
    "replica": """replica watch watches bag bags outlet luxury sale discount store shop brand shoes jersey
    sneaker mall deal boutique""",
    "casino": """casino bet betting slot slots spin poker win bonus jackpot lucky vegas royal club play odds
    roll gold""",
    "crypto": """coin crypto bit token trade invest profit fx capital wallet mining chain swap exchange yield
    pro fund block""",
    "loan": """loan cash credit money fast quick payday advance lend fund bad easy approve direct finance kredit""",
    "essay": """essay paper write writer thesis homework term study help academic cheap best assignment grade
    expert""",
    "support": """support help desk tech fix antivirus repair login secure account verify service update
    helpline care id""",
    "news": """daily news truth report herald times post wire patriot world insider today observer press voice
    tribune""",
    "dating": """date dating love meet match flirt singles hot girls chat heart local lonely find partner secret""",
}
FIRST, LAST, TOWN = _FIRST.split(), _LAST.split(), _TOWN.split()
TRADE, SYLLABLES = _TRADE.split(), _SYLLABLES.split()
THEMES = {theme: words.split() for theme, words in _THEMES.items()}
ENDINGS = (
    "", "", "", "group", "shop", "online", "team", "services", "co", "blog", "haus", "partners", "works",
    "and-sons", "web",
)  # fmt: skip
MAIL = (
    ("gmail", 10), ("yahoo", 4), ("hotmail", 4), ("outlook", 3), ("mailru", 3), ("yandexmail", 2),
    ("qqmail", 2), ("163mail", 2), ("protonmail", 2), ("gmx", 2), ("webde", 1), ("aolmail", 1), ("tutamail", 1),
    ("inboxlv", 1),
)  # fmt: skip

# How many digits a number has after the country's.
DIGITS = {
    "1": 10, "44": 10, "49": 10, "33": 9, "34": 9, "39": 10, "7": 10, "86": 11, "48": 9, "31": 9, "91": 10,
    "84": 9, "90": 10, "380": 9, "55": 10,
}  # fmt: skip
