"""Whom and what the other system's names mean here."""

from dataclasses import dataclass, field
from datetime import date

from portal.categories.models import Category
from portal.db import db
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.reports.importers.case import BadRow, ImportedCase
from portal.reports.importers.outcomes import Why

FALLBACK_CATEGORY = "lainnya"
LONG_AGO = date(1945, 8, 17)  # an agency made from an import has always been there


@dataclass
class Lookup:
    """Finds areas, categories and agencies by code or name; with `creates`, makes the missing ones."""

    creates: bool
    _agencies: dict[str, Agency] = field(default_factory=dict)
    _categories: dict[str, Category] = field(default_factory=dict)
    _areas: dict[tuple[str, str], str] = field(default_factory=dict)

    def load(self) -> "Lookup":
        """Read what the city has."""
        for agency in db.session.scalars(db.select(Agency)):
            self._agencies[_fold(agency.code)] = self._agencies[_fold(agency.name)] = agency
        for category in db.session.scalars(db.select(Category)):
            self._categories[_fold(category.code)] = category
            self._categories[_fold(category.name_id)] = category
        areas = list(db.session.execute(db.select(Area.code, Area.name, Area.parent_code)))
        names = {code: name for code, name, _ in areas}
        for code, name, parent_code in areas:
            self._areas[_fold(names.get(parent_code or "", "")), _fold(name)] = code
        return self

    def agency(self, case: ImportedCase) -> Agency | None:
        """The agency that handles the case; None when the source names none. Raises BadRow."""
        if not case.agency:
            return None
        found = self._agencies.get(_fold(case.agency))
        if found is None and not self.creates:
            raise BadRow(Why.UNKNOWN_AGENCY, agency=case.agency)
        if found is None:
            found = Agency(code=case.agency, name=case.agency, kind="imported", valid_from=LONG_AGO)
            self._agencies[_fold(case.agency)] = found
            db.session.add(found)
            db.session.flush()
        return found

    def category(self, case: ImportedCase) -> Category:
        """The category of the case, `lainnya` when the source names one that is not ours. Raises BadRow."""
        name = case.category or FALLBACK_CATEGORY
        found = self._categories.get(_fold(name))
        if found is None and self.creates:
            found = self._categories[_fold(name)] = Category(code=name, name_id=name, name_en=name)
            db.session.add(found)
            db.session.flush()
        found = found or self._categories.get(FALLBACK_CATEGORY)
        if found is None:
            raise BadRow(Why.UNKNOWN_CATEGORY, category=name)
        return found

    def area_code(self, case: ImportedCase) -> str | None:
        """The kelurahan, else the kecamatan, else None: half of all exports leave it empty."""
        district, village = _fold(case.district), _fold(case.village)
        if village and (district, village) in self._areas:
            return self._areas[district, village]
        return next((code for (_, name), code in self._areas.items() if district and name == district), None)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
