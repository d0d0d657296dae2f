"""Keep the search index in step with what the forum shows."""

from portal.forum import queries
from portal.forum.models import Thread
from portal.search import services as search

SEARCH_KIND = "thread"


def index(thread: Thread) -> None:
    """Make a thread findable by its title, its own text, and the names of its category and area."""
    area = thread.area.name if thread.area else ""
    text = "\n".join([queries.opening_of(thread).body, thread.category.name_id, area])
    search.put(SEARCH_KIND, thread.number, title=thread.title, text=text, place=area)


def remove(thread: Thread) -> None:
    search.remove(SEARCH_KIND, thread.number)
