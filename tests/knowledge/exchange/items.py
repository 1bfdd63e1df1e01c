"""Citations drawn at random, and what makes a good one."""

from hypothesis import strategies as st

from knowledge.exchange.csl import plain
from knowledge.exchange.ris import TYPES

HOSTILE = r"100 % & { } _ $ # ~ ^ \ < > \alpha {x} }{ @book{a, \n %ER -"
letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Mn"])
texts = (
    st.text(letters | st.sampled_from("%&{}_$#~^\\<>,;@\"'= -"), min_size=1).map(plain).filter(bool)
)
names = st.fixed_dictionaries({"family": texts}, optional={"given": texts}) | st.fixed_dictionaries(
    {"literal": texts}
)


def fitting(item):
    """An article has a journal where others have a publisher."""
    if item["type"] == "article-journal" and "publisher" in item:
        item["container-title"] = item.pop("publisher")
    return item


items = st.fixed_dictionaries(
    {"id": st.just("K1"), "type": st.sampled_from(sorted(TYPES)), "title": texts},
    optional={
        "author": st.lists(names, min_size=1, max_size=3),
        "editor": st.lists(names, min_size=1, max_size=3),
        "issued": st.integers(1000, 2100).map(lambda year: {"date-parts": [[year]]}),
        "publisher": texts,
        "language": st.sampled_from(["es", "pt", "en"]),
        "abstract": texts,
    },
).map(fitting)
