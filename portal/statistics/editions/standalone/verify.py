"""Check an edition of the statistics: nothing was changed, and every figure follows from the cases.

    python verify.py ROOT

ROOT is the digest that the edition's page prints. Without it the digest is read from the bundle itself,
which shows only that the bundle is whole, not that it is the published one. Needs Python 3.9 or newer and
nothing else. Written apart from the portal's own code, on purpose: two ways to the same figures.
"""

import csv
import hashlib
import io
import json
import math
import os
import sys
import zipfile

Z = 1.959963984540054  # 95 %
MIN_CELL, MIN_PEOPLE, MIN_AT_RISK = 10, 5, 10
DAYS = (1, 3, 5, 14, 60)
DAY, MINUTE = 86400, 60
TIMES = (
    ("first_response", "response"),
    ("first_closure", "closure"),
    ("lasting_closure", "lasting"),
    ("working_response", "working_response"),
    ("working_closure", "working_closure"),
)
SEEN = ("event", "competing", "waiting")
NEAR = 1e-7  # both ways round differently in the last digits
CASES, STAGES, RATINGS = "cases.csv", "stages.csv", "ratings.csv"
WORDS = {
    CASES: {"month", "agency", "answered_by", "closed_by", "category", "ending", *(c for _, c in TIMES)},
    STAGES: {"stage", "agency", "category", "extended", "original"},
    RATINGS: set(),
}


class Broken(Exception):
    """A file of the bundle cannot be read or used."""


# What the bundle holds


def load(place):
    """The files of a folder or a zip, by name."""
    try:
        if os.path.isdir(place):
            names = [name for name in sorted(os.listdir(place)) if os.path.isfile(os.path.join(place, name))]
            return {name: read_file(os.path.join(place, name)) for name in names}
        with zipfile.ZipFile(place) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception as error:
        raise Broken("%s cannot be read: %s" % (place, error)) from error


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def no_constant(name):
    raise ValueError("%s is no number" % name)


def read_json(files, name):
    try:
        return json.loads(files[name].decode("utf-8"), parse_constant=no_constant)
    except Exception as error:
        raise Broken("%s cannot be read: %s" % (name, error)) from error


def read_csv(files, name):
    """Rows as dictionaries; whole numbers as such."""
    try:
        reader = csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline=""), strict=True)
        rows = list(reader)
        if not reader.fieldnames:
            raise ValueError("it has no columns")
        for row in rows:
            if None in row or None in row.values():
                raise ValueError("a line has too few or too many fields")
            row.update({c: int(text) for c, text in row.items() if text and c not in WORDS[name]})
        return rows
    except Exception as error:
        raise Broken("%s cannot be read: %s" % (name, error)) from error


# The chain of editions and the digests of the files


def check_chain(files, root, report):
    """Returns the manifest that the root stands for, or None."""
    try:
        chain = read_json(files, "chain.json")
        previous, number = "0" * 64, 0
        for link in chain:
            manifest, number = link["manifest"], number + 1
            if set(link) != {"manifest", "root"} or manifest["number"] != number:
                return report(False, "chain", "edition %s is missing" % number)
            if manifest["previous_root"] != previous:
                return report(False, "chain", "edition %s does not continue the one before" % number)
            if sha256(canonical(manifest)) != link["root"]:
                return report(False, "chain", "edition %s does not have the digest that it says" % number)
            previous = link["root"]
        if canonical(chain) + b"\n" != files["chain.json"]:
            return report(False, "chain", "chain.json is not written as it was published")
        if not chain or previous != (root or previous):
            return report(False, "root", "the bundle has the root %s, not %s" % (previous, root))
    except Exception as error:
        return report(False, "chain", "chain.json cannot be used: %s" % (error,))
    report(True, "root", previous)
    report(True, "chain", "%s edition(s), each over the one before" % len(chain))
    return chain[-1]["manifest"]


def check_files(files, manifest, report):
    for name in sorted(manifest["files"]):
        if name not in files:
            report(False, "file " + name, "is missing")
        else:
            is_same = sha256(files[name]) == manifest["files"][name]
            report(is_same, "file " + name, "as published" if is_same else "was changed")
    for name in sorted(set(files) - set(manifest["files"]) - {"chain.json"}):
        report(True, "file " + name, "does not belong to the edition and was left aside")


# Estimators: cumulative incidence (Aalen-Johansen) with the summed form of its variance


def observe(rows, column):
    """Seconds and outcome of each matter whose time is known."""
    return [(row[column + "_minutes"] * MINUTE, row[column]) for row in rows if row[column] in SEEN]


def curve(observed):
    """(time, at risk, events, incidence, variance, censored) for each distinct time.

    The variance at t is the sum over earlier times s of
    (F(t)-F(s))^2 d/(Y(Y-d)) + S(s-)^2 d1(Y-d1)/Y^3 - 2 (F(t)-F(s)) S(s-) d1/Y^2
    (Marubini and Valsecchi, Analysing Survival Data, 10.4), kept as running sums of its powers of F(t).
    """
    counts = {}
    for time, outcome in observed:
        counts.setdefault(time, {"event": 0, "competing": 0, "waiting": 0})[outcome] += 1
    risk, surviving, incidence = len(observed), 1.0, 0.0
    square = cross = constant = 0.0
    steps = []
    for time in sorted(counts):
        events, other, left = (counts[time][name] for name in SEEN)
        ended = events + other
        if ended:
            before = surviving
            incidence += before * events / risk
            surviving *= 1 - ended / risk
            if ended < risk:  # else F never grows again, and the first term is nothing
                weight = ended / (risk * (risk - ended))
                square += weight
                cross += weight * incidence
                constant += weight * incidence**2
            mixed = before * events / risk**2
            cross += mixed
            constant += 2 * incidence * mixed + before**2 * events * (risk - events) / risk**3
        variance = max(incidence**2 * square - 2 * incidence * cross + constant, 0.0)
        steps.append((time, risk, events, incidence, variance, left))
        risk -= ended + left
    return steps


def band(step):
    """Limits by log(-log(1 - F)); None at 0 and 1."""
    incidence, variance = step[3], step[4]
    surviving = 1 - incidence
    if incidence <= 0 or surviving <= 1e-11:
        return None
    width = Z * math.sqrt(variance) / (surviving * -math.log(surviving))
    return 1 - surviving ** math.exp(-width), 1 - surviving ** math.exp(width)


def is_estimable(steps, time):
    """Ten at risk; as long as nobody was lost to the cut-off, ten in all."""
    lost_at = next((step[0] for step in steps if step[5]), math.inf)
    if time <= lost_at:
        return bool(steps) and steps[0][1] >= MIN_AT_RISK
    return next((step[1] for step in steps if step[0] >= time), 0) >= MIN_AT_RISK


def no_estimate(answer):
    return {"answer": answer, "time": None, "lower": None, "upper": None}


def quantile(steps, share):
    """The smallest time by which the incidence reaches the share; its limits invert the band."""
    if not steps:
        return no_estimate("not-estimable")
    at = [step for step in steps if step[3] >= share - 1e-9]
    if not at:
        return no_estimate("not-reached")
    time = at[0][0]
    if not is_estimable(steps, time):
        return no_estimate("not-estimable")
    lower = first_reaching(steps, share, 1)
    upper = first_reaching(at, share, 0)
    lower = time if lower is None else min(lower, time)
    if upper is not None and not is_estimable(steps, upper):
        upper = None
    return {"answer": "estimated", "time": time, "lower": lower, "upper": upper}


def first_reaching(steps, share, side):
    for step in steps:
        limits = band(step)
        if limits is not None and limits[side] >= share - 1e-9:
            return step[0]
    return None


def share_by(steps, day):
    time = day * DAY
    if not is_estimable(steps, time):
        return None
    before = [step for step in steps if step[0] <= time]
    limits = band(before[-1]) if before else None
    return {
        "value": before[-1][3] if before else 0.0,
        "lower": limits[0] if limits else None,
        "upper": limits[1] if limits else None,
        "count": None,
        "n": steps[0][1] if steps else 0,
    }


def points(steps):
    """What is drawn: steps of at least 0.75 % of the height up to 60 days, and the last one."""
    seen = [step for step in steps if step[0] <= DAYS[-1] * DAY and is_estimable(steps, step[0])]
    drawn, height = [], None
    for step in seen:
        if step[2] and (height is None or step[3] - height >= 0.0075):
            drawn.append(step)
            height = step[3]
    found = []
    for step in drawn + seen[-1:]:
        limits = band(step) or (step[3], step[3])
        found.append({"time": step[0], "value": step[3], "lower": limits[0], "upper": limits[1]})
    return found


def proportion(count, n, minimum=MIN_CELL):
    """A share with Wilson's interval."""
    if n < minimum or not n:
        return None
    share, scale = count / n, 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / scale
    spread = Z / scale * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return {
        "value": share,
        "lower": centre - spread if count else 0.0,
        "upper": centre + spread if count < n else 1.0,
        "count": count,
        "n": n,
    }


# Figures


def timing(rows, column):
    observed = observe(rows, column)
    withheld = sum(row[column] == "withheld" for row in rows)
    excluded = {}
    for row in rows:
        if row[column] not in SEEN and row[column] != "withheld":
            excluded[row[column]] = excluded.get(row[column], 0) + 1
    size = len(observed)
    outcomes = [outcome for _, outcome in observed]
    steps = curve(observed) if size >= MIN_CELL else []
    answered = curve([pair for pair in observed if pair[1] == "event"]) if size >= MIN_CELL else []
    by_day = []
    for day in DAYS:
        only = share_by(answered, day)
        by_day.append(
            {"day": day, "share": share_by(steps, day), "answered_only": only["value"] if only else None}
        )
    return {
        "n": withheld or size,
        "events": outcomes.count("event"),
        "competing": outcomes.count("competing"),
        "waiting": outcomes.count("waiting"),
        "excluded": excluded,
        "is_withheld": size < MIN_CELL,
        "median": quantile(steps, 0.5),
        "p90": quantile(steps, 0.9),
        "answered_only_median": quantile(answered, 0.5),
        "answered_only_p90": quantile(answered, 0.9),
        "by_day": by_day,
        "points": points(steps),
        "answered_only_points": points(answered),
    }


def on_time(rows):
    due = [row for row in rows if row["extended"]]
    first = [row for row in rows if row["original"]]
    met = sum(row["extended"] == "on_time" for row in due)
    late = len(due) - met
    met_late = sum(row["extended"] == "met_late" for row in due)
    return {
        "extended": proportion(met, len(due)),
        "original": proportion(sum(row["original"] == "on_time" for row in first), len(first)),
        "late": late if len(due) >= MIN_CELL else None,
        "met_late": met_late if len(due) >= MIN_CELL else None,
    }


def age(ages, share):
    return ages[max(math.ceil(share * len(ages) - 1e-9), 1) - 1] if ages else None


def city_sections(cases, stages, ratings, until):
    """The parts of the city's figures by name, each computed when its check comes."""
    cohort = [row for row in cases if row["in_period"]]
    ours = [row for row in cases if not row["imported"]]
    disposed = [row for row in cohort if row["disposed"] and not row["imported"]]
    sections = {name: (lambda column=column: timing(cohort, column)) for name, column in TIMES}

    def of_disposed(column):
        return lambda: proportion(sum(row[column] > 0 for row in disposed), len(disposed))

    sections["on_time"] = lambda: {
        stage: on_time([row for row in stages if row["stage"] == stage and row["in_city"]])
        for stage in ("verify", "respond", "resolve")
    }
    sections["flow"] = lambda: {
        "received": len(cohort),
        "answered": sum(row["answered_in_period"] for row in cases),
        "closed": sum(row["closures_in_period"] for row in cases),
        "withdrawn": sum(row["withdrawn_in_period"] for row in cases),
    }
    sections["stock"] = lambda: stock(cases, until)
    sections["failures"] = lambda: proportion(
        sum(row["failed_closures_in_period"] for row in ours), sum(row["closures_in_period"] for row in ours)
    )
    sections["transferred"] = of_disposed("transfers")
    sections["hops"] = lambda: sum(row["transfers"] for row in cohort)
    sections["paused"] = of_disposed("paused")
    sections["extended"] = of_disposed("extended")
    sections["satisfaction"] = lambda: satisfaction(cohort, ratings)
    return sections


def stock(cases, until):
    waiting = [row for row in cases if row["open_at_end"]]
    ages = sorted(row["age_days"] * DAY for row in waiting)
    return {
        "at": until,
        "open": len(waiting),
        "overdue": sum(row["overdue_at_end"] for row in waiting),
        "median_age": age(ages, 0.5),
        "p90_age": age(ages, 0.9),
        "oldest_age": age(ages, 1.0),
    }


def satisfaction(cohort, ratings):
    closures = sum(row["closures"] for row in cohort if not row["imported"])
    stars = [row["stars"] for row in ratings if row["stars"] != ""]
    return {
        "n": len(ratings),
        "response": proportion(min(len(ratings), closures), closures) if ratings else None,
        "solved": proportion(sum(row["solved"] for row in ratings), len(ratings), MIN_PEOPLE),
        "stars": sum(stars) / len(stars) if len(stars) >= MIN_PEOPLE else None,
    }


def table(cases, stages, held, answered, closed, counted):
    cohort = [row for row in cases if row["in_period"]]
    stages = [row for row in stages if row[counted]]
    received = {}
    for row in cohort:
        received[row[held]] = received.get(row[held], 0) + 1
    codes = set(received) | {row[held] for row in stages}
    lines = []
    for code in sorted(codes, key=lambda code: (code in ("other", "none"), -received.get(code, 0), code)):
        response = timing([row for row in cohort if row[answered] == code], "response")
        closure = timing([row for row in cohort if row[closed] == code], "closure")
        due = [row for row in stages if row[held] == code]
        is_answered, is_closed = not response["is_withheld"], not closure["is_withheld"]
        lines.append(
            {
                "received": received[code] if received.get(code, 0) >= MIN_CELL else None,
                "answered_n": response["n"] if is_answered else None,
                "waiting": response["waiting"] if is_answered else None,
                "first_response": response["median"] if is_answered else None,
                "closed_n": closure["n"] if is_closed else None,
                "first_closure": closure["median"] if is_closed else None,
                "respond_on_time": on_time([row for row in due if row["stage"] == "respond"])["extended"],
                "resolve_on_time": on_time([row for row in due if row["stage"] == "resolve"])["extended"],
            }
        )
        if all(value is None for value in lines[-1].values()):
            lines.pop()
        else:
            lines[-1]["code"] = code
    return lines


# Comparing


def difference(published, computed, path):
    """The first place where two documents differ, or None."""
    if isinstance(published, dict) and isinstance(computed, dict):
        if set(published) != set(computed):
            return "%s has other parts" % path
        found = (
            difference(published[key], computed[key], "%s.%s" % (path, key)) for key in sorted(published)
        )
        return next((place for place in found if place), None)
    if isinstance(published, list) and isinstance(computed, list):
        if len(published) != len(computed):
            return "%s has %s lines, recomputed %s" % (path, len(published), len(computed))
        pairs = enumerate(zip(published, computed), 1)
        found = (difference(one, other, "%s[%s]" % (path, place)) for place, (one, other) in pairs)
        return next((place for place in found if place), None)
    if is_same(published, computed):
        return None
    return "%s: published %s, recomputed %s" % (path, published, computed)


def is_same(published, computed):
    numbers = (int, float)
    if isinstance(published, bool) or isinstance(computed, bool):
        return published is computed
    if isinstance(published, numbers) and isinstance(computed, numbers):
        return abs(published - computed) <= NEAR * max(1.0, abs(published), abs(computed))
    return published == computed


def check_figures(files, report):
    try:
        published = read_json(files, "figures.json")
        cases, stages, ratings = (read_csv(files, name) for name in (CASES, STAGES, RATINGS))
        city, until = published["city"], published["city"]["stock"]["at"]
        sections = city_sections(cases, stages, ratings, until)
    except Exception as error:
        return report(False, "figures", "cannot be recomputed: %s" % (error,))
    for name in sorted(set(city) | set(sections)):
        compare(report, "figure " + name, lambda name=name: (city[name], sections[name]()))
    agencies = ("agency", "answered_by", "closed_by", "in_agency")
    categories = ("category", "category", "category", "in_city")
    compare(report, "table agencies", lambda: (published["agencies"], table(cases, stages, *agencies)))
    compare(report, "table categories", lambda: (published["categories"], table(cases, stages, *categories)))
    return compare(report, "small cells", lambda: (small_cells(cases, ratings), []))


def compare(report, name, both):
    try:
        published, computed = both()
        found = difference(published, computed, name.split()[-1])
    except Exception as error:
        return report(False, name, "cannot be recomputed: %s" % (error,))
    return report(not found, name, found or "recomputed")


def small_cells(cases, ratings):
    """Named cells with fewer matters than may be published."""
    cohort = [row for row in cases if row["in_period"]]
    found = []
    for column in ("agency", "category"):
        codes = {row[column] for row in cohort} - {"other"}
        found += [c for c in sorted(codes) if sum(row[column] == c for row in cohort) < MIN_CELL]
    return found + ([] if not ratings or len(ratings) >= MIN_PEOPLE else ["ratings"])


def check_inputs(files, report):
    """What the edition says of itself fits the files beside it."""
    try:
        edition = read_json(files, "edition.json")
        changed = [name for name, digest in edition["inputs"].items() if sha256(files[name]) != digest]
        first, last = edition["first_on"], edition["last_on"]
        months = {row["month"] for row in read_csv(files, CASES) if row["in_period"]}
        outside = [month for month in sorted(months) if not first[:7] <= month <= last[:7]]
    except Exception as error:
        return report(False, "edition", "cannot be used: %s" % (error,))
    if changed or outside:
        return report(False, "edition", "does not fit %s" % ", ".join(changed + outside))
    about = "%s to %s, cut-off %s" % (first, last, edition["cutoff"])
    return report(True, "edition", "number %s, %s" % (edition["number"], about))


def main(arguments):
    failures = []

    def report(is_good, name, sentence):
        print("%-7s %-26s %s" % ("OK" if is_good else "FAILED", name, sentence))
        if not is_good:
            failures.append(name)

    root = arguments[0].lower() if arguments else None
    place = arguments[1] if len(arguments) > 1 else os.path.dirname(os.path.abspath(__file__))
    try:
        files = load(place)
    except Broken as error:
        report(False, "bundle", str(error))
        return 1
    if root is None:
        print("No root was given: it is read from the bundle. Compare it with the page of the edition.")
    manifest = check_chain(files, root, report)
    if manifest:
        check_files(files, manifest, report)
    check_inputs(files, report)
    check_figures(files, report)
    if failures:
        print("FAILED: %s" % ", ".join(failures))
        return 1
    print("OK: every file is as published and every figure was recomputed.")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
