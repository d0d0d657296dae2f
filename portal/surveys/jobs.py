"""What surveys do by themselves: invite the people served, and remind each of them once."""

from datetime import datetime, timedelta

from portal.jobs import registry
from portal.surveys import services


@registry.periodic("surveys.invite", every=timedelta(hours=1))
def invite(at: datetime) -> bool:
    return services.invite_served(at)


@registry.periodic("surveys.remind", every=timedelta(hours=1))
def remind(at: datetime) -> bool:
    return services.remind(at)
