#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A cohort through `oligoplan assess --jsonl`, or with ANSWER=triage through `triage --as patients`, as a Slurm array: each task answers one part of the lines, by turns, cut in
# blocks for GNU parallel, in their order.
#
# Usage: sbatch --array=1-N Tools/cluster/slurm-array.sh COHORT.jsonl FOLDER [OPTIONS OF IT]
# then   Tools/cluster/merge FOLDER > records.jsonl
# and    oligoplan triage records.jsonl --as html -o lists.html, which makes the lists of the whole
#
# A part appears whole or not at all, with its count and SHA-256 beside it, so that a task that was killed is simply run
# again (sbatch --requeue, or --array=K): parts that are there are left alone. OLIGOPLAN names the program.
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -euo pipefail

cohort=$1
folder=$2
shift 2
part=${SLURM_ARRAY_TASK_ID:?is set by sbatch --array=1-N}
parts=${SLURM_ARRAY_TASK_COUNT:?is set by sbatch --array=1-N}
program=${OLIGOPLAN:-oligoplan}
case ${ANSWER:-assess} in
  assess) filter=(assess --jsonl) ;;
  triage) filter=(triage - --as patients) ;;
  *) echo "ANSWER is assess or triage" >&2; exit 64 ;;
esac
name=$(printf 'part-%06d-of-%06d' "$part" "$parts")

mkdir -p "$folder"
if [ -f "$folder/$name.json" ]; then
  echo "$name is there"
  exit 0
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/oligoplan.XXXXXX")
trap 'rm -rf "$work"' EXIT
awk -v part="$part" -v parts="$parts" 'NF { if (n++ % parts == part - 1) print }' "$cohort" > "$work/lines"
# One process a block of 1,000 patients; a block that fails is tried twice more, then the task fails.
parallel --pipepart -a "$work/lines" --block 1M --keep-order --retries 3 --halt now,fail=1 \
  --jobs "${SLURM_CPUS_PER_TASK:-4}" "$program" "${filter[@]}" --threads 1 "$@" > "$work/records"
lines=$(wc -l < "$work/lines")
records=$(wc -l < "$work/records")
if [ "$lines" -ne "$records" ]; then
  echo "$name: $records records of $lines lines" >&2
  exit 75
fi
hash=$(sha256sum "$work/records" | cut -d ' ' -f 1)
errors=$(grep -c '"errors":\[' "$work/records" || true)
cp "$work/records" "$folder/.$name.jsonl"
mv "$folder/.$name.jsonl" "$folder/$name.jsonl"
printf '{"part": %d, "of": %d, "records": %d, "errors": %d, "sha256": "%s"}\n' \
  "$part" "$parts" "$records" "$errors" "$hash" > "$folder/.$name.json"
mv "$folder/.$name.json" "$folder/$name.json"
