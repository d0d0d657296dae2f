"""The rooms of a project: their pages, and what signs in when they are imported."""

from portal.projects import jobs, views
from portal.projects.building import jobs as building_jobs
from portal.projects.building import monthly
from portal.projects.building import news as building_news
from portal.projects.building import views as building
from portal.projects.building.views import reports as building_reports
from portal.projects.comments import views as comments
from portal.projects.documents import news as document_news
from portal.projects.documents import views as documents
from portal.projects.editing import views as editing
from portal.projects.ideas import duty, talk
from portal.projects.ideas import jobs as idea_jobs
from portal.projects.ideas import news as idea_news
from portal.projects.ideas import views as ideas
from portal.projects.meetings import jobs as meeting_jobs
from portal.projects.meetings import news as meeting_news
from portal.projects.meetings import views as meetings
from portal.projects.voting import jobs as voting_jobs
from portal.projects.voting import news as voting_news
from portal.projects.voting import views as voting

BLUEPRINTS = (
    views.bp,
    editing.bp,
    ideas.bp,
    comments.bp,
    meetings.bp,
    documents.bp,
    voting.bp,
    building.bp,
    building_reports.bp,
)
# Imported so that their functions sign in.
JOBS = (
    jobs,
    idea_jobs,
    idea_news,
    meeting_jobs,
    meeting_news,
    document_news,
    voting_jobs,
    voting_news,
    building_jobs,
    building_news,
)


def register() -> None:
    """Called once at app start: ideas and monthly reports own duties, and an idea is commented on."""
    duty.register_owner()
    monthly.register_owner()
    talk.register_home()
