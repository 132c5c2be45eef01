# SPDX-License-Identifier: Apache-2.0
"""What is put where a number, a name or a word was expected, and the marks that must never come out again."""

import random

# In every place that holds a person's name: it must appear in no output.
NAME = "CANARY^NAME"
# The folder that inputs lie in: its name must appear in no output but an error that shows a path as it was given.
FOLDER = "CANARYFOLDER"
# Behind a line break in names: no line of ours may begin with it.
FORGED = "error: FORGED"

NUMBERS = [
    "1e19",
    "-1e19",
    "1e308",
    "-1e308",
    "1e309",
    "1e5000",
    "inf",
    "-inf",
    "nan",
    "NaN",
    "Infinity",
    "-1",
    "0",
    "-0",
    "0.0",
    "1e-320",
    "1e-19",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "",
    " ",
    "Meier^Hans",
    "9" * 400,
    "0." + "0" * 300 + "1",
    "0x1F",
    "1,5",
    "1.5.2",
    "\uff11\uff12",
    "\u0663",
    "1_000",
    "\u00bd",
    "5e",
    "--5",
    "+5",
    "1e",
    ".",
    "-",
    "1 2",
    "200.0001",
    "65536",
    "1e7",
    "10001",
    "0.1e-6",
]

NAMES = [
    "GTV\x1b[2J\x1b[31mOWNED\x1b]0;title\x07",
    f"GTV\n{FORGED}",
    f"Heart\r\n{FORGED}",
    f"\n{FORGED}\n",
    f"GTV\r{FORGED}",
    "GTV \u202eVTG",
    "GTV\u2066x\u2069",
    "Lung\u200f_R",
    "\u061cGTV\u200e",
    f"GTV\u2028{FORGED}",
    f"GTV\u2029{FORGED}",
    f"GTV\u0085{FORGED}",
    "GTV\u009b31m",
    f"GTV\x0b{FORGED}\x0c",
    "GTV\x7f\x08\x08\x08",
    "GTV\x00Heart",
    "\ufeffGTV",
    "e" + "\u0301" * 500,
    "A" * 70000,
    "",
    " ",
    "\U0001d53e\U0001d54b\U0001d54d 1",
    "GTV\\Heart",
    "=^",
    "../../x",
    "/etc/passwd",
    "%s%n%@%d",
    "<b>&amp;</b>",
    "\"';--",
    'GTV,"x"',
    "=1+1",
    "GTV#2",
    "GTV 1",
    "Lung_R",
    "\t",
    "GTV\t1",
    "\u540d\u524d",
    "\U0001f469\u200d\U0001f9b0",
    "nil",
    "null",
    "unknown",
    "-o",
    "--help",
    "GTV 1=sbrt: x",
]

# Bytes that are no UTF-8, or are only under some character set.
BYTES = [
    b"\xff\xfe",
    b"GTV\x9b31m",
    b"GTV \xe9",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x1b$B\x1b(B",
    b"\x1b$)CGTV",
    b"\x1b%G\xc3\xa9\x1b%@",
    b"\x1b(IGTV",
    b"\x1b",
    b"\x00",
    b"\x80" * 64,
    b"\xc0\xaf",
]


# Those that most often go wrong: beyond a whole number, beyond a single float, none at all.
KILLERS = [
    "1e19",
    "1e308",
    "-1e19",
    "9223372036854775807",
    "9223372036854775808",
    "nan",
    "inf",
    "-1",
    "0",
    "1e-320",
    "2147483648",
]


def number(rng: random.Random) -> str:
    """A number, or what stands in its place."""
    if rng.random() < 0.15:
        return repr(rng.choice([-1, 1]) * 10 ** rng.uniform(-12, 12))
    return rng.choice(KILLERS if rng.random() < 0.5 else NUMBERS)


def name(rng: random.Random) -> str:
    """A name that no clinic would give."""
    return rng.choice(NAMES)


def word(rng: random.Random) -> str:
    """Either."""
    return number(rng) if rng.random() < 0.55 else name(rng)
