"""What happens to uploads by themselves."""

from datetime import datetime, timedelta

from portal.attachments import parts
from portal.jobs import registry


@registry.periodic("attachments.forget-parts", every=timedelta(hours=1))
def forget_parts(at: datetime) -> None:
    """Photos that never became whole."""
    parts.forget_old(at)
