"""What people write in Markdown, as HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}

# No HTML of the writer's, no pictures (photos are attached), and no headings: a page has its own.
_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "hr"]
)


def to_html(text: str) -> Markup:
    """The text as paragraphs, lists, quotes and links. Meant to be kept in a column beside it."""
    return Markup(  # noqa: S704  # cleaned by a list of what is allowed, the line below
        nh3.clean(
            _reader.render(text),
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes=SCHEMES,
            link_rel="nofollow ugc noopener",
        )
    )
