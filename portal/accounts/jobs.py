"""What happens to accounts by itself."""

from datetime import datetime, timedelta

from portal.accounts import services, throttle
from portal.jobs import registry


@registry.periodic("accounts.forget", every=timedelta(hours=1))
def forget(at: datetime) -> None:
    """Let go of what is not ours to keep: unconfirmed accounts and old counts of wrong passwords."""
    services.forget_unconfirmed(at=at)
    throttle.forget_old(at=at)
