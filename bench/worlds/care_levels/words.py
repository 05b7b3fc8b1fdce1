"""Words that domains and names are made of."""

from __future__ import annotations

TOPICS = {
    topic: words.split()
    for topic, words in {
        "stream": "stream movie film watch cine serie video play tv live flix hd online free zone",
        "sport": "sport goal match kick league score live bet stream arena fan liga football box",
        "pharma": "pharma pill med health cure rx drug care shop generic meds store tablet online",
        "casino": "casino slot bet spin win jackpot poker lucky royal vegas play gold bonus club",
        "news": "news daily post times report truth press world herald today wire patriot voice info",
        "files": "file torrent share down load link upload box pirate seed mirror cloud get warez",
        "replica": "watch luxury bag brand outlet shoe fashion replica store deal cheap sale shop style",
        "invest": "coin crypto invest trade profit fund capital fx market gain btc wallet pro option",
    }.items()
}
"""What sites are about that operators run several of, with words for it."""
_TRADES = """plumbing garden bakery dental studio design photo yoga travel law auto garage hotel cafe kitchen music
books school physio consulting media print roofing cleaning flowers optics vet tours farm winery tech software cycling
dance art gallery pottery church club hiking blog shop home build"""
_COMMON_ENDINGS = {"com": 40, "net": 10, "org": 9, "info": 6, "biz": 2}
_RARE_ENDINGS = "xyz top online site club cc tv me co io eu ws shop live to is pw click"
ENDINGS = [ending for ending, count in _COMMON_ENDINGS.items() for _ in range(count)] + _RARE_ENDINGS.split()
"""Top-level domains, each as many times as it is common."""
_SYLLABLES = """ba be bo bra cal cor da del dor el en fa fen gal gor ha hel in jo ka ker lan lo lu mar me mi mon na nel
no or pa per qui ra ren ro sa sel sho ta tel tor ul va ver vi wen xa yor za zel"""
_BUSINESSES = "Ltd LLC Media Group GmbH Services Holding Digital Trading Inc Studio SRL"
TRADES, SYLLABLES, BUSINESSES = _TRADES.split(), _SYLLABLES.split(), _BUSINESSES.split()
