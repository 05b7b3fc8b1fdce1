"""The words that names are made of, and the endings of domains."""

from __future__ import annotations

SYLLABLES = [
    "ba", "be", "bo", "bra", "da", "de", "do", "dra", "fa", "fe", "fi", "ga", "gi", "go", "ka", "ke", "ki", "ko", "la",
    "le", "li", "lo", "lu", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "po", "ra", "re", "ri", "ro",
    "sa", "se", "so", "sta", "ta", "te", "ti", "to", "tra", "va", "ve", "vi", "vo", "za", "ze", "zo", "ral", "ven",
    "dor", "mir", "lan",
]  # fmt: skip
FIRST_NAMES = [
    "Marek", "Ilona", "Tarvo", "Selma", "Dario", "Nadia", "Pavlo", "Irena", "Jonas", "Petra", "Samir", "Leila",
    "Viktor", "Olga", "Henrik", "Milan", "Rosa", "Emil", "Karin", "Tomas", "Anita", "Boris", "Clara", "Felix", "Greta",
    "Hugo", "Ines", "Jakob", "Lidia", "Mateo", "Nora", "Oskar", "Paula", "Rafael", "Sonja", "Teo", "Ulla", "Vera",
    "Walid", "Yana",
]  # fmt: skip
TRADES = [
    "dental", "garden", "bakery", "law", "clinic", "hotel", "travel", "photo", "design", "school", "music", "yoga",
    "bike", "fitness", "auto", "paint", "roof", "wine", "coffee", "tea", "book", "craft", "wood", "stone", "solar",
    "print", "repair", "florist", "vet", "pizza", "grill", "salon", "spa", "camping", "kids", "toys", "pets", "church",
    "choir", "chess", "sailing", "hiking", "ski", "tennis", "golf", "club", "farm", "honey", "cheese",
]  # fmt: skip
GENERIC = [
    "best", "my", "the", "go", "top", "pro", "easy", "smart", "green", "blue", "city", "home", "world", "first", "new",
    "daily", "quick", "super", "mega", "open", "free", "live", "web", "net", "online", "digital", "global", "local",
    "prime", "royal", "star", "sun", "north", "alpha",
]  # fmt: skip
MEDIA = [
    "tv", "live", "stream", "news", "files", "video", "free", "watch", "sport", "channel", "truth", "voice", "media",
    "play", "share", "tube", "hub", "zone", "box", "cast", "link", "vault", "archive", "leaks", "forum", "chat",
    "board", "wiki",
]  # fmt: skip
ENDINGS = [
    *["com"] * 40, *["net"] * 9, *["org"] * 9, *["info"] * 4, *["biz"] * 2, *["de"] * 6, *["co"] * 2, *["me"] * 2,
    *["eu"] * 3, *["pl"] * 3, *["fr"] * 3, *["nl"] * 2, *["co.uk"] * 3, *["io"] * 2, *["xyz"] * 2,
]  # fmt: skip
CHEAP_ENDINGS = [
    "com", "net", "org", "info", "xyz", "top", "site", "online", "club", "ws", "cc", "to", "me", "co", "live", "pw",
    "biz", "press",
]  # fmt: skip
