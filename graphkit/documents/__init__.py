"""Documents: files kept with their sources, what is taken as one, and what stands where in it."""

from graphkit.documents.folder import Folder, sha256_of
from graphkit.documents.landing import Landing, landed
from graphkit.documents.recognised import ENDINGS, MAX_BYTES, NOUNS, chosen, media_type

__all__ = ["ENDINGS", "MAX_BYTES", "NOUNS", "Folder", "Landing", "chosen", "landed", "media_type", "sha256_of"]
