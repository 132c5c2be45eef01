# SPDX-License-Identifier: Apache-2.0
"""Good files to start from: made by hand, and by the program itself in a temporary folder."""

import json
from pathlib import Path

import dicom
import dicom_seeds
import mutate_bytes
import nifti
import running
import text_seeds
from running import Room


class Broken(Exception):
    """The program cannot make what everything starts from."""


class Seeds:
    """Files in memory: `good` by name, cases as their folders' files, plans by the case they were made of."""

    def __init__(self, binary: Path, base: Path):
        self.binary = binary
        self.sets = {lung: dicom_seeds.small_set(lung) for lung in (False, True)}
        self.doses = [
            dicom_seeds.dose(),
            dicom_seeds.dose(bits=32),
            dicom_seeds.dose(rle=True),
            dicom_seeds.dose(bits=32, rle=True),
        ]
        self.plan = dicom_seeds.plan()
        self.registration = dicom_seeds.registration()
        self.good = {
            "rs.dcm": dicom.encode(self.sets[False]),
            "rd.dcm": dicom.encode(self.doses[0]),
            "rd_other.dcm": dicom.encode(dicom_seeds.dose(dicom_seeds.DOSE_FRAME)),
            "rp.dcm": dicom.encode(self.plan),
            "reg.dcm": dicom.encode(self.registration),
            "matrix.txt": text_seeds.MATRIX.encode(),
            "map.nii.gz": mutate_bytes.packed(nifti.Image().encode()),
            "list.csv": text_seeds.LESIONS_CSV.encode(),
            "patient.yaml": text_seeds.PATIENT_YAML.encode(),
            "dvh.txt": text_seeds.DVH.encode(),
            "devices.yaml": text_seeds.DEVICES.encode(),
            "names.json": text_seeds.LABEL_NAMES["names.json"].encode(),
        }
        self.cases: dict[str, dict[str, bytes]] = {}
        self.singles: dict[str, bytes] = {}
        self.plans: list[tuple[str, bytes]] = []
        room = Room(base)
        try:
            self._make(room)
        finally:
            room.close()

    def _run(self, room: Room, *arguments: str) -> bytes:
        outcome = running.run([str(self.binary), *arguments], room, limit=60)
        if outcome.status != 0:
            raise Broken(f"oligoplan {' '.join(arguments)}: {outcome.ending}\n{outcome.err.decode('utf-8', 'replace')}")
        return outcome.out

    def _make(self, room: Room) -> None:
        self._run(room, "phantom", "write", "spheres", "-o", "out/spheres")
        self._run(room, "phantom", "write", "spheres", "--seed", "2", "-o", "out/other")
        for name in ("structures.dcm", "lesions.csv", "patient.yaml"):
            self.good[f"spheres/{name}"] = (room.out / "spheres" / name).read_bytes()
            self.good[f"other/{name}"] = (room.out / "other" / name).read_bytes()
        room.put(self.good)
        room.put({"rs1.dcm": dicom.encode(self.sets[True])})
        folder = room.inputs.name
        told = ["--lesions", f"{folder}/spheres/lesions.csv", "--patient", f"{folder}/spheres/patient.yaml"]
        sources = {
            "list": told,
            "dose": [
                "--structures",
                f"{folder}/rs.dcm",
                "--dose",
                f"{folder}/rd.dcm,plan={folder}/rp.dcm",
                "--patient",
                f"{folder}/patient.yaml",
                "--dvh",
                f"{folder}/dvh.txt,fractions=5,course=old",
            ],
            "lung": ["--structures", f"{folder}/rs1.dcm", "--dose", f"{folder}/rd.dcm,fractions=5"],
        }
        for name, arguments in sources.items():
            self._run(room, "import", *arguments, "-o", f"out/{name}")
            self._run(room, "import", *arguments, "-o", f"out/{name}.json")
            self.cases[name] = {path.name: path.read_bytes() for path in sorted((room.out / name).iterdir())}
            self.singles[name] = (room.out / f"{name}.json").read_bytes()
        for case, modality in (("dose", "sbrt"), ("lung", "metastasectomy"), ("list", "microwave"), ("list", "")):
            options = ["--modality", modality] if modality else ["--samples", "0", "--alternatives", "0"]
            self._run(room, "plan", f"out/{case}", *options, "-o", "out/plan.json")
            self.plans.append((case, (room.out / "plan.json").read_bytes()))
        self.protocol = self._run(room, "protocol", "show")

    def case_files(self, name: str, folder: str = "case") -> dict[str, bytes]:
        """The files of a case, to be put among the inputs."""
        return {f"{folder}/{file}": data for file, data in self.cases[name].items()}

    def document(self, name: str) -> dict:
        """A case's document, to be changed."""
        return json.loads(self.cases[name]["case.json"])
