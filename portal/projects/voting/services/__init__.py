"""What can be done with a vote: prepare it, take part, count it, and say what follows."""

from portal.projects.voting.services.casting import cast, check_ballot
from portal.projects.voting.services.counting import publish
from portal.projects.voting.services.deciding import Ruling, decide
from portal.projects.voting.services.moving import go_along
from portal.projects.voting.services.preparing import Plan, Proposal, prepare

__all__ = ["Plan", "Proposal", "Ruling", "cast", "check_ballot", "decide", "go_along", "prepare", "publish"]
