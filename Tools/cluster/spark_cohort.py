#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A cohort through `oligoplan assess --jsonl` or `triage --as patients` on Spark: one process a partition, never one a patient.

Usage: spark-submit spark_cohort.py INPUT OUTPUT [--answer assess|triage] [--oligoplan PROGRAM] [--partitions N] [-- OPTIONS OF IT]
INPUT:  text, one patient a line; or Parquet with a column `record` (text) and, where order matters, `position` (long).
OUTPUT: a folder of text, one record a line, where it ends in nothing else; Parquet with `position`, `patient_id`, `record` and
        `is_error` where its name ends in .parquet.

Lines keep their order: the parts of the output, joined by name, are the records of one process over the whole input, byte by
byte. A partition whose process ends with anything but 0 fails and is tried again by Spark (spark.task.maxFailures); what it
had written is thrown away. The program must be at the same path on every worker: a file that Tools/install made, on a shared
disk or shipped with --files.

With --answer triage the records are a patient a line; `oligoplan triage OUTPUT/part-* --as html -o lists.html` makes the lists of
the whole from them."""
import argparse, json, subprocess, sys, threading


# Filters: a patient a line in, a record a line out.
ANSWERS = {"assess": ["assess", "--jsonl"], "triage": ["triage", "-", "--as", "patients"]}


def answered(lines, command):
    """The records of a partition's lines; one for each line that holds anything, or the partition fails."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sent, failure = [0], []

    def send():
        try:
            for line in lines:
                if line.strip():
                    process.stdin.write(line.rstrip("\r\n").encode() + b"\n")
                    sent[0] += 1
            process.stdin.close()
        except BaseException as error:  # the process has ended, or reading the partition failed: said below
            failure.append(error)
            process.kill()

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    received = 0
    for record in process.stdout:
        received += 1
        yield record.rstrip(b"\n").decode()
    sender.join()
    status = process.wait()
    if failure or status or received != sent[0]:
        raise RuntimeError(f"oligoplan ended with {status} after {received} of {sent[0]} records: {failure}")


def main():
    own, options = sys.argv[1:], []
    if "--" in own:
        options, own = own[own.index("--") + 1:], own[:own.index("--")]
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--oligoplan", default="oligoplan")
    parser.add_argument("--partitions", type=int)
    parser.add_argument("--answer", choices=ANSWERS, default="assess")
    arguments = parser.parse_args(own)
    # One process has one partition: it takes the processors that Spark gives a task.
    command = [arguments.oligoplan, *ANSWERS[arguments.answer], "--threads", "1", *options]

    from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName(f"oligoplan {arguments.answer}").getOrCreate()
    if arguments.input.endswith(".parquet"):
        frame = spark.read.parquet(arguments.input)
        if "position" in frame.columns:
            frame = frame.sort("position")
        lines = frame.select("record").rdd.map(lambda row: row["record"])
    else:
        lines = spark.sparkContext.textFile(arguments.input, minPartitions=arguments.partitions)
    # Parts are joined, never dealt anew, which would lose the order.
    if arguments.partitions and lines.getNumPartitions() > arguments.partitions:
        lines = lines.coalesce(arguments.partitions)
    records = lines.mapPartitions(lambda part: answered(part, command))
    if arguments.output.endswith(".parquet"):
        def columns(numbered):
            record, position = numbered
            said = json.loads(record)
            return position, said.get("patient_id"), record, "errors" in said
        rows = records.zipWithIndex().map(columns)
        rows.toDF("position long, patient_id string, record string, is_error boolean").write.parquet(arguments.output)
    else:
        records.saveAsTextFile(arguments.output)
    spark.stop()


if __name__ == "__main__":
    main()
