"""Documents in which anything may stand in place of any part."""

from hypothesis import strategies as st


def places(value, path=()):
    """Yield the way to every part of a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield from places(held, (*path, key))


def put(document, path, value):
    """Put a value in place of a part."""
    at = document
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value


def anything(*words):
    """Return a strategy of JSON values, in which these words stand."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(words),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    )
