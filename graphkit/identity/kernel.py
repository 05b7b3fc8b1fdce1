"""The loops that compare names taken apart, as numbers; ``alike`` says what the rule is, and what counts how much."""

from __future__ import annotations

import numpy as np

from graphkit.compiled import compiled
from graphkit.identity.distances import (
    Floats,
    Ints,
    are_same,
    bare,
    edits,
    far,
    have_same_letters,
    numbered_apart,
    skeleton,
)
from graphkit.identity.unpacked import (
    BY_LETTERS,
    BY_SIGNS,
    FIGURES,
    FORMS,
    HEAD,
    HEARD,
    KEY,
    LETTERED,
    NUMBER,
    OF_FATHER,
    SCRIPT,
    SON,
    TITLES,
    alike_read,
    fathers_told,
    join,
    unmark_fathers,
    unpack,
)

SAME, INITIAL, CALLED, HEARD_AS, SPELLING, COUNTED = 1, 2, 3, 4, 5, 6
"""How two words met."""

MET, APART, MORE, ALONE, BY_INITIAL, BY_CALLED, BY_SOUND, LEAST_SOUND, NO_SOUND, TOGETHER = range(10)
MOST, LEGAL, OTHER_LEGAL, OTHER_SCRIPT, TITLE, SAME_LETTERS = range(10, 16)
"""The rules, whose numbers ``alike`` gives."""

WORDS = 60
LONGEST = 64
_JOINED = 200
_ROWS, _ANY = 3, 1 << 30
_LETTERS = 5  # and more make a word that others with the same letters may be meant for
_ALIKE = 900  # words that sound so alike are said to; others are said to be spelt otherwise


@compiled
def near(
    u: Ints,
    v: Ints,
    name_a: Ints,
    name_b: Ints,
    texts: tuple[Ints, Ints, Ints, Ints],
    is_other: bool,
    rules: Ints,
    costs: Ints,
    rows: Ints,
    bones: Ints,
) -> tuple[int, int]:
    """Return how near two words are, in thousandths, and how they met."""
    codes_a, sounds_a, codes_b, sounds_b = texts
    if (u[5] ^ v[5]) & SON:
        return 0, 0
    x, y = codes_a[u[0] : u[0] + u[1]], codes_b[v[0] : v[0] + v[1]]
    if are_same(x, y):
        return 1000, SAME
    for g in range(u[7]):
        for h in range(v[7]):
            if name_a[u[6] + g] == name_b[v[6] + h]:
                return rules[BY_CALLED], COUNTED if (u[5] | v[5]) & NUMBER else CALLED
    if min(len(x), len(y)) == 1:
        return (rules[BY_INITIAL], INITIAL) if x[0] == y[0] and 97 <= x[0] <= 122 else (0, 0)
    both = u[5] & v[5]
    if both & NUMBER or (both & FIGURES and numbered_apart(x, y)):
        return 0, 0
    longer, loud = max(len(x), len(y)), max(u[3], v[3], 1)
    if 2 * abs(u[3] - v[3]) > loud and 2 * abs(len(x) - len(y)) > longer and not is_other:
        return 0, 0
    spelt = 1000 - 1000 * edits(x, y, rows, longer * (1000 - rules[MET]) // 1000) // longer
    if spelt < rules[SAME_LETTERS] and longer >= _LETTERS and have_same_letters(x, y):
        spelt = rules[SAME_LETTERS]
    s, t = sounds_a[u[2] : u[2] + u[3]], sounds_b[v[2] : v[2] + v[3]]
    most = _ANY if is_other else loud * (1000 - rules[LEAST_SOUND]) // 250
    heard = min(rules[BY_SOUND], 1000 - 250 * far(s, t, costs, rows, most) // loud)
    if heard < rules[LEAST_SOUND]:
        heard = 0
    if is_other:
        heard = max(heard, skeleton(s, t, costs, rows, bones))
    return (spelt, SPELLING) if spelt >= heard else (heard, HEARD_AS if heard >= _ALIKE or is_other else SPELLING)


@compiled
def _rounded(score: float) -> float:
    return float(np.floor(score * 1000 + 0.5) / 1000)


@compiled
def pair(
    a: Ints,
    b: Ints,
    rules: Ints,
    costs: Ints,
    rows: Ints,
    bones: Ints,
    texts: tuple[Ints, Ints, Ints, Ints],
    units: Ints,
    nears: Ints,
    met: Ints,
) -> float:
    """Return how alike two packed names are; ``met`` gets what met: places, how near and how, until one is -1.

    ``units`` has then the words of both, and its last rows how many they are.
    """
    met[0, 0] = -1
    units[2, 0, 0] = units[2, 0, 1] = 0
    for k in range(3):
        for j in range(3):
            if a[KEY + k] == b[KEY + j] and a[KEY + k] != 0:
                return written_otherwise(a, b, rules)
    is_other = a[SCRIPT] != b[SCRIPT] and not (a[LETTERED] == BY_LETTERS == b[LETTERED])
    at_a, at_b = a[HEARD] if is_other else HEAD, b[HEARD] if is_other else HEAD
    codes_a, sounds_a, codes_b, sounds_b = texts
    given_a, given_b = units[3], units[4]
    m, n = unpack(a, at_a, codes_a, sounds_a, given_a), unpack(b, at_b, codes_b, sounds_b, given_b)
    if m == 0 or n == 0:
        return 0.0
    if fathers_told(given_a, m) != fathers_told(given_b, n):
        unmark_fathers(given_a, m)
        unmark_fathers(given_b, n)
    total_a, total_b = given_a[m - 1, 0] + given_a[m - 1, 1], given_b[n - 1, 0] + given_b[n - 1, 1]
    loud_a, loud_b = given_a[m - 1, 2] + given_a[m - 1, 3], given_b[n - 1, 2] + given_b[n - 1, 3]
    if is_other and BY_SIGNS in (a[LETTERED], b[LETTERED]):
        alike_read(sounds_a, loud_a)
        alike_read(sounds_b, loud_b)
    us, vs = units[0], units[1]
    p = join(us, m, codes_a, given_b, n, codes_b, given_a)
    q = join(vs, n, codes_b, given_a, m, codes_a, given_b)
    units[2, 0, 0], units[2, 0, 1] = p, q
    hows = nears[1]
    nears = nears[0]
    for i in range(p):
        for j in range(q):
            nears[i, j], hows[i, j] = near(us[i], vs[j], a, b, texts, is_other, rules, costs, rows, bones)
    score, apart = agreeing(us, p, vs, q, nears, hows, met, rules)
    x, y = codes_a[:total_a], codes_b[:total_b]
    longer = max(total_a, total_b)
    if numbered_apart(x, y) or apart:
        return _rounded(min(score, rules[MOST] / 1000))
    if longer <= _JOINED and rules[TOGETHER] * (longer - abs(total_a - total_b)) > 1000 * score * longer:
        most = int(longer * (1 - 1000 * score / rules[TOGETHER])) + 1
        score = max(score, rules[TOGETHER] / 1000 * (1 - edits(x, y, rows, most) / longer))
    s, t = sounds_a[:loud_a], sounds_b[:loud_b]
    louder = max(loud_a, loud_b)
    if longer <= _JOINED and m != n and rules[TOGETHER] > 1000 * score and 10 * abs(loud_a - loud_b) < louder:
        away = far(s, t, costs, rows, rules[NO_SOUND] * louder // 25)
        if 25 * away <= rules[NO_SOUND] * louder:
            score = max(score, rules[TOGETHER] / 1000 - away / (4 * louder))
    if is_other and longer <= _JOINED:
        score = max(score, rules[BY_SOUND] / 1000 - far(s, t, costs, rows, _ANY) / (4 * louder))
        if min(len(bare(s, costs, bones[0])), len(bare(t, costs, bones[1]))) > 3:
            score = max(score, skeleton(s, t, costs, rows, bones) / 1000)
    return _rounded(min(score, rules[MOST] / 1000))


@compiled
def written_otherwise(a: Ints, b: Ints, rules: Ints) -> float:
    """Return how alike two names are that are the same but for how they are written."""
    score = 1000
    if a[SCRIPT] != b[SCRIPT]:
        score = min(score, rules[OTHER_SCRIPT])
    if a[TITLES] != b[TITLES]:
        score = min(score, rules[TITLE])
    if a[FORMS] != b[FORMS]:
        score = min(score, rules[OTHER_LEGAL] if a[FORMS] and b[FORMS] else rules[LEGAL])
    return _rounded(score / 1000)


@compiled
def agreeing(us: Ints, p: int, vs: Ints, q: int, nears: Ints, hows: Ints, met: Ints, rules: Ints) -> tuple[float, bool]:
    """Return the share of words that agree, each with the nearest one of the other name.

    And whether both have a letter alone that the other has no word for, as Block A and Block B.
    """
    size, score, telling, found = 0, 0, 0, 0
    while found < min(p, q):
        best, at_i, at_j = 0, -1, -1
        for i in range(p):
            for j in range(q):
                if nears[i, j] < max(best, rules[MET]):
                    continue
                apart, least = abs(i - j), abs(at_i - at_j)
                if nears[i, j] > best or apart < least or (apart == least and i + j < at_i + at_j):
                    best, at_i, at_j = nears[i, j], i, j
        if at_i < 0:
            break
        weight = us[at_i, 4] + vs[at_j, 4]
        size += weight
        score += weight * best
        telling += weight == 20 and min(us[at_i, 1], vs[at_j, 1]) > 1
        met[found, 0], met[found, 1], met[found, 2], met[found, 3] = at_i, at_j, best, hows[at_i, at_j]
        found += 1
        nears[at_i, :q] = 0
        nears[:p, at_j] = 0
    met[found, 0] = -1
    more_a, more_b = left(us, p, met, found, 0), left(vs, q, met, found, 1)
    apart, more = min(more_a[0], more_b[0]), abs(more_a[0] - more_b[0])
    of_fathers = (0 if more_b[0] else more_a[1]) + (0 if more_a[0] else more_b[1])
    whole = size * 500 + rules[APART] * apart + rules[MORE] * (more - 0.7 * of_fathers)
    share = score * 0.5 / max(whole, 1)
    share *= rules[ALONE] / 1000 if telling < 2 and more else 1
    return share, more_a[2] and more_b[2]


@compiled
def left(units: Ints, count: int, met: Ints, found: int, side: int) -> tuple[int, int, bool]:
    """Return the weight of words without a partner, that of fathers' names of it, and whether one is a letter alone."""
    weight, of_fathers, has_letter = 0, 0, False
    for k in range(count):
        taken = False
        for row in range(found):
            taken = taken or met[row, side] == k
        if not taken:
            weight += units[k, 4]
            of_fathers += units[k, 4] if units[k, 5] & OF_FATHER else 0
            has_letter = has_letter or units[k, 1] == 1
    return weight, of_fathers, has_letter


@compiled
def pairs(
    packed: Ints, starts: Ints, left_: Ints, right: Ints, rules: Ints, costs: Ints, found: Floats, first: int, last: int
) -> None:
    """Put how alike pairs of packed names are into ``found``, from the first place to before the last."""
    rows, bones, texts, units, nears, met = workspace()
    for place in range(first, last):
        i, j = left_[place], right[place]
        if i == j:
            found[place] = 1.0
            continue
        a, b = packed[starts[i] : starts[i + 1]], packed[starts[j] : starts[j + 1]]
        found[place] = pair(a, b, rules, costs, rows, bones, texts, units, nears, met)


@compiled
def workspace() -> tuple[Ints, Ints, tuple[Ints, Ints, Ints, Ints], Ints, Ints, Ints]:
    """Return the arrays that comparing takes."""
    size = WORDS * LONGEST
    texts = (np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64))
    rows = np.empty((_ROWS, size + 1), np.int64)
    units = np.zeros((5, WORDS * 3 + 1, 8), np.int64)
    nears = np.empty((2, WORDS * 3 + 1, WORDS * 3 + 1), np.int64)
    return rows, np.empty((2, size), np.int64), texts, units, nears, np.zeros((WORDS * 3 + 2, 4), np.int64)
