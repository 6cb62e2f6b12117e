#!/usr/bin/env python3
"""Runs the program over the videos of this folder and holds its insertions against the truth.

measure.py PROGRAM MODEL.json OUT_FOLDER [NAME ...]

An insertion is found when it overlaps a true one by 0.3 of the shorter of both and its contact
point is within 70 px (of 1280) of the true one; each counts once. "low" is the share of pictures in
which the lower end of some poker is within 15 px of the true one (where a quarter of the bar or
more is in sight), "immersion" the share of those in which the network's opinion is right, "other"
the pokers told in all those pictures whose lower end is more than 40 px from every true one.
"""
import csv
import json
import math
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
LEAST_OVERLAP, NEAR_PX, NEAR_LOW_PX, OTHER_PX, LEAST_VISIBLE = 0.3, 70, 15, 40, 0.25


def seconds(insertion):
    return insertion["end_s"] - insertion["start_s"]


def pairs(truth, found):
    """(true, found) of those that belong together, the longest overlap first."""
    fits = []
    for i, t in enumerate(truth):
        for j, f in enumerate(found):
            overlap = min(t["end_s"], f["end_s"]) - max(t["start_s"], f["start_s"])
            apart = math.dist((t["u"], t["v"]), f["contact_px"])
            if overlap > LEAST_OVERLAP * min(seconds(t), seconds(f)) and apart < NEAR_PX:
                fits.append((-overlap, i, j))
    taken, used, out = set(), set(), []
    for _, i, j in sorted(fits):
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            out.append((truth[i], found[j]))
    return out


def true_places(truth, frame):
    """Lower ends of this picture, and the contact points of bars that are all under."""
    time_s = frame["f"] / truth["fps"]
    return [p["low"] for p in frame["pokers"] if p["low"]] + [
        (t["u"], t["v"]) for t in truth["insertions"] if t["start_s"] <= time_s <= t["end_s"]]


def sightings(truth, result):
    """Pictures with a bar in sight, those with a lower end found, those with the right opinion,
    and pokers told where there is none."""
    rows = {}
    with open(result / "tracks.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["class"] == "vibrator":
                rows.setdefault(int(row["frame"]), []).append(row)
    seen = near = right = other = 0
    for frame in truth["frames_truth"]:
        places = true_places(truth, frame)
        told = [(float(r["low_x"]), float(r["low_y"])) for r in rows.get(frame["f"], [])]
        other += sum(all(math.dist(t, q) > OTHER_PX for q in places) for t in told)
        for poker in frame["pokers"]:
            if poker.get("visible", 1) < LEAST_VISIBLE or not poker["low"]:
                continue
            seen += 1
            offs = [(math.dist((float(r["low_x"]), float(r["low_y"])), poker["low"]), r)
                    for r in rows.get(frame["f"], [])]
            best = min(offs, key=lambda pair: pair[0], default=None)
            if best and best[0] < NEAR_LOW_PX:
                near += 1
                right += (best[1]["immersed"] == "1") == poker["immersed"]
    return seen, near, right, other


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, model, out = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    names = sys.argv[4:] or sorted(f.name[:-len(".truth.json")] for f in FOLDER.glob("*.truth.json"))
    total = hits = false = 0
    sums = [0, 0, 0, 0]
    errors = []
    for name in names:
        truth = json.loads((FOLDER / f"{name}.truth.json").read_text())
        subprocess.run([program, "detect", FOLDER / f"{name}.mp4", "--out", out / name, "--model",
                        model, "--calibration", FOLDER / f"{name}.calibration.json"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = json.loads((out / name / "summary.json").read_text())["insertions"]
        fits = pairs(truth["insertions"], found)
        off = [abs(seconds(f) - seconds(t)) for t, f in fits]
        seen, near, right, other = sightings(truth, out / name)
        print(f"{name}: {len(fits)} of {len(truth['insertions'])}, {len(found) - len(fits)} false, "
              f"time off by {', '.join(f'{e:.2f}' for e in off) or '-'} s, "
              f"low {near}/{seen}, immersion {right}/{near}, other {other}", flush=True)
        sums = [a + b for a, b in zip(sums, (seen, near, right, other))]
        total += len(truth["insertions"])
        hits += len(fits)
        false += len(found) - len(fits)
        errors += off
    print(f"all: {hits} of {total}, {false} false, F1 {2 * hits / (total + hits + false):.2f}, "
          f"time off by {sum(errors) / max(1, len(errors)):.2f} / {max(errors, default=0):.2f} s, "
          f"low {sums[1]}/{sums[0]}, immersion {sums[2]}/{sums[1]}, other {sums[3]}")


if __name__ == "__main__":
    main()
