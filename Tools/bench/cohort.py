#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a seeded cohort of patients with lesion lists: JSON lines, one patient a line, or a long CSV, one row a lesion.

Usage: Tools/bench/cohort.py PATIENTS [--seed N] [--csv] > cohort.jsonl

Numbers and intervals follow a registry, recalled and not read there; the rest is heuristic. It is a load, not an epidemiology.
- Metastases a patient: the IRLM's shares of one, two to three, four and more (Pastorino 1997, 5,206 resections; recalled), thinned
  out geometrically beyond four so that the mean is four, as a hospital's list of candidates may have it (heuristic).
- Disease-free interval: the IRLM's shares of 0-11 (1,729 of 5,206), 12-35 and 36 months and more (the last two recalled).
- Size: log-normal with median 9 mm and sigma 0.6 of the longest axial diameter (heuristic; LUNA16's 1,186 nodules have a median of
  6.4 mm and a sigma of 0.47 of their equivalent diameter, and longest axial ones are a third longer).
- Site: nine in ten lung, else liver, bone, node, adrenal (heuristic); lobes by the share of lung they are."""
import argparse, json, random, sys

LOBES = (("RUL", 0.22), ("RML", 0.08), ("RLL", 0.26), ("LUL", 0.23), ("LLL", 0.21))
SITES = (("lung", 0.90), ("liver", 0.05), ("bone", 0.025), ("lymphNode", 0.015), ("adrenal", 0.01))


def pick(source, shares):
    mark = source.random()
    for name, share in shares:
        mark -= share
        if mark < 0:
            return name
    return shares[-1][0]


def count(source):
    group = pick(source, (("one", 0.46), ("few", 0.27), ("many", 0.27)))
    if group == "one":
        return 1
    if group == "few":
        return source.choice((2, 3))
    many = 4
    while many < 40 and source.random() < 0.868:
        many += 1
    return many


def interval(source):
    return {"short": source.randint(0, 11), "middle": source.randint(12, 35), "long": source.randint(36, 140)}[
        pick(source, (("short", 0.33), ("middle", 0.31), ("long", 0.36)))]


def patient(source, number):
    lesions = []
    for lesion in range(1, count(source) + 1):
        site = pick(source, SITES)
        entry = {"lesion_id": str(lesion), "site": site}
        # One in twelve has no size, one in ten no lobe, as lists are.
        if source.random() > 1 / 12:
            entry["longest_axial_diameter_mm"] = round(min(120, max(2, source.lognormvariate(2.2, 0.6))), 1)
        if site == "lung" and source.random() > 0.1:
            entry["lobe"] = pick(source, LOBES)
        if source.random() < 0.3:
            entry["depth_from_pleura_mm"] = source.randint(0, 60)
        lesions.append(entry)
    said = {"histology": source.choice(("leiomyosarcoma", "synovialSarcoma", "undifferentiatedPleomorphicSarcoma", "myxoidLiposarcoma"))}
    if source.random() < 0.8:
        said["disease_free_interval_months"] = interval(source)
    if source.random() < 0.7:
        said["ecog"] = pick(source, ((0, 0.45), (1, 0.40), (2, 0.12), (3, 0.03)))
    if source.random() < 0.8:
        said["age_years"] = source.randint(18, 88)
    if source.random() < 0.4:
        said["fev1_percent_predicted"] = source.randint(35, 120)
    if source.random() < 0.3:
        said["inr"] = round(source.uniform(0.9, 1.9), 1)
    return {"patient_id": f"P{number:07d}", "lesions": lesions, "patient": said}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("patients", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv", action="store_true")
    arguments = parser.parse_args()
    source = random.Random(arguments.seed)
    if arguments.csv:
        print("patient_id,lesion_id,site,lobe,longest_axial_diameter_mm,depth_from_pleura_mm")
    for number in range(1, arguments.patients + 1):
        made = patient(source, number)
        if not arguments.csv:
            print(json.dumps(made, separators=(",", ":")))
            continue
        for lesion in made["lesions"]:
            print(",".join([made["patient_id"], lesion["lesion_id"], lesion["site"], lesion.get("lobe", ""),
                            str(lesion.get("longest_axial_diameter_mm", "")), str(lesion.get("depth_from_pleura_mm", ""))]))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(1)
