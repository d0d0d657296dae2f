"""All projects of the demo city, told in their order."""

from random import Random

from portal.accounts.models import User
from portal.db import db
from portal.demo.planning import neighbours, park
from portal.demo.planning.stage import Stage
from portal.demo.world import World

SEED = 1978  # the year in which the park was laid out


def happen(world: World) -> None:
    """Let each project run up to now."""
    residents = [db.session.get_one(User, one.id) for one in world.residents]
    stage = Stage(world, residents, Random(SEED))
    park.tell(stage)
    neighbours.tell(stage)
