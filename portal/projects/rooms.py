"""The rooms of a project that are its core: their pages, and what signs in when they are imported."""

from portal.projects import jobs, views
from portal.projects.comments import views as comments
from portal.projects.documents import news as document_news
from portal.projects.documents import views as documents
from portal.projects.editing import views as editing
from portal.projects.ideas import duty, talk
from portal.projects.ideas import jobs as idea_jobs
from portal.projects.ideas import news as idea_news
from portal.projects.ideas import views as ideas
from portal.projects.meetings import news as meeting_news
from portal.projects.meetings import views as meetings

BLUEPRINTS = (views.bp, editing.bp, ideas.bp, comments.bp, meetings.bp, documents.bp)
# Imported so that their functions sign in.
JOBS = (jobs, idea_jobs, idea_news, meeting_news, document_news)


def register() -> None:
    """Called once at app start: an idea owns a duty, and is commented on."""
    duty.register_owner()
    talk.register_home()
