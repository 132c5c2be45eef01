# SPDX-License-Identifier: Apache-2.0
"""A photon plan by pyRadPlan: static coplanar beams of small fluence elements, a uniform dose in the target.

The engine is the pencil beam of singular value decomposition (Bortfeld 1993) with pyRadPlan's generic 6 MV machine.
"""

import logging
import os
import time
import warnings
from dataclasses import dataclass

# Set before the import, so that no machine's settings decide which arithmetic is used.
os.environ["PYRADPLAN_XP_PREFER_GPU"] = "false"
os.environ["PYRADPLAN_XP_PREFERRED_CPU_ARRAY_BACKEND"] = "numpy"

import numpy as np
import pyRadPlan
import SimpleITK as sitk
from pyRadPlan import PhotonPlan, calc_dose_forward, calc_dose_influence, fluence_optimization, generate_stf
from pyRadPlan.core import ProgressReporter
from pyRadPlan.ct import create_ct
from pyRadPlan.cst import StructureSet, create_voi
from pyRadPlan.optimization.objectives import SquaredDeviation, SquaredOverdosing
from pyRadPlan.stf import FieldShapeAsMask

from patient import Patient, Target

ProgressReporter.console_progress = False
logging.getLogger("pyRadPlan").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", category=RuntimeWarning, module="pyRadPlan|numpy")  # rays along an axis divide by 0

ENGINE = f"pyRadPlan {pyRadPlan.__version__}, SVD pencil beam, machine Generic (6 MV)"
CONVOLUTION_MM = 0.5  # the engine's own raster of fluence
NEAR_MM, FAR_MM = 5.0, 20.0  # the ring that falls off and the tissue beyond it
INFLUENCE_CUTOFF_MM = 50.0  # the engine's default: what lies farther from a beamlet takes no part in optimisation
FINAL_CUTOFF_MM = 180.0  # the final dose uses the whole kernel


@dataclass(frozen=True)
class Setting:
    beams: int = 9
    bixel_mm: float = 5.0
    iterations: int = 200
    # Penalties of squared deviations, means over a structure's voxels; limits are shares of the prescription.
    target_priority: float = 1000.0
    ring_priority: float = 100.0
    ring_limit: float = 0.5
    far_priority: float = 1000.0
    far_limit: float = 0.2


# A target whose prescription is an isodose near 80 %: the middle may be hot, and the ring falls off faster.
PEAKED = Setting(ring_priority=1000.0, ring_limit=0.3)


class Plan:
    """One plan for one or more targets, each with its prescription in Gy; the isocentre is the targets' centre."""

    def __init__(self, patient: Patient, targets: list[Target], doses: list[float], setting: Setting = Setting()):
        self.patient, self.targets, self.doses, self.setting = patient, targets, doses, setting
        lattice = patient.lattice
        image = sitk.GetImageFromArray(patient.hounsfield())
        image.SetSpacing([lattice.pitch] * 3)
        image.SetOrigin(lattice.origin.tolist())
        self.ct = create_ct(cube_hu=image)
        self.distance = self._distance()
        self.structures = self._structures()
        self.steering = None
        self.influence_seconds = 0.0

    def _distance(self) -> np.ndarray:
        """Of every voxel of the body from the nearest target's surface, as far as 110 mm."""
        body = self.patient.body
        points = self.patient.lattice.points(body)
        near = np.min([t.distances(points, 110.0) for t in self.targets], axis=0)
        distance = np.full(body.shape, np.inf, np.float32)
        distance[body] = near
        return distance

    def _structures(self) -> StructureSet:
        body, lattice, s = self.patient.body, self.patient.lattice, self.setting
        shares = [t.share(t.ptv, lattice) for t in self.targets]
        inside = np.max(shares, axis=0) >= 0.5
        highest = max(self.doses)
        ring = body & ~inside & (self.distance > NEAR_MM) & (self.distance <= FAR_MM)
        far = body & ~inside & (self.distance > FAR_MM)
        rows = [
            ("TARGET", f"PTV {t.name}", share >= 0.5, SquaredDeviation(priority=s.target_priority, d_ref=dose))
            for t, share, dose in zip(self.targets, shares, self.doses)
        ]
        rows.append(("HELPER", "ring", ring, SquaredOverdosing(priority=s.ring_priority, d_max=s.ring_limit * highest)))
        rows.append(("HELPER", "far", far, SquaredOverdosing(priority=s.far_priority, d_max=s.far_limit * highest)))
        vois = [
            create_voi(voi_type=kind, name=name, ct_image=self.ct, mask=mask.astype(np.uint8), objectives=[objective])
            for kind, name, mask, objective in rows
        ]
        vois.append(create_voi(voi_type="EXTERNAL", name="body", ct_image=self.ct, mask=body.astype(np.uint8)))
        return StructureSet(vois=vois, ct_image=self.ct)

    def _description(self, cutoff: float, **engine) -> PhotonPlan:
        plan = PhotonPlan(machine="Generic")
        angles = np.linspace(0, 360, self.setting.beams, endpoint=False)
        plan.prop_stf = {
            "gantry_angles": angles, "couch_angles": np.zeros_like(angles), "bixel_width": self.setting.bixel_mm,
        }
        plan.prop_dose_calc = {"dose_grid": self.ct.grid, "geometric_lateral_cutoff": cutoff, **engine}
        plan.prop_opt = {
            "apply_overlap": False,
            "solver": {"name": "scipy", "max_iter": self.setting.iterations, "allow_keyboard_cancel": False},
        }
        return plan

    def steer(self) -> int:
        """Places the beamlets; gives their number."""
        self.steering = generate_stf(self.ct, self.structures, self._description(INFLUENCE_CUTOFF_MM))
        return int(self.steering.total_number_of_bixels)

    def influence(self):
        """The dose of every beamlet in every voxel; its wall time is kept."""
        description = self._description(INFLUENCE_CUTOFF_MM)
        start = time.perf_counter()
        matrix = calc_dose_influence(self.ct, self.structures, self.steering, description)
        self.influence_seconds = time.perf_counter() - start
        return matrix

    def optimise(self, matrix) -> np.ndarray:
        return fluence_optimization(
            self.ct, self.structures, self.steering, matrix, self._description(INFLUENCE_CUTOFF_MM)
        )

    def dose(self, fluence: np.ndarray) -> np.ndarray:
        """The dose of all beamlets, each beam's fluence folded as one field: no cut-off but the kernel's end.

        A beamlet's fluence covers the raster of its square, laid as the engine lays it for beamlets.
        """
        fields = self.steering.model_copy(deep=True)
        first = 0
        for beam in fields.beams:
            positions = np.array([r.ray_pos_bev for r in beam.rays])
            weights = fluence[first : first + len(positions)]
            first += len(positions)
            half = int((np.abs(positions).max() + self.setting.bixel_mm) / CONVOLUTION_MM)
            raster = np.zeros((2 * half + 1,) * 2)
            width = round(self.setting.bixel_mm / CONVOLUTION_MM)
            for (x, _, z), weight in zip(positions, weights):
                i, k = (round(c / CONVOLUTION_MM) + half - width // 2 for c in (x, z))
                raster[i : i + width, k : k + width] += weight
            central = beam.rays[0].model_copy(deep=True)
            central.ray_pos_bev, central.ray_pos = np.zeros(3), np.zeros(3)
            central.target_point, central.target_point_bev = -beam.source_point, -beam.source_point_bev
            # The engine turns a field's mask by a quarter before it reads it as x, z.
            central.beamlets = [
                FieldShapeAsMask(energy=6.0, mask=np.rot90(raster, k=1).copy(), resolution=CONVOLUTION_MM,
                                 field_width=2 * half * CONVOLUTION_MM)
            ]
            beam.rays = [central]
        description = self._description(FINAL_CUTOFF_MM, force_uniform_fluence=True)
        result = calc_dose_forward(self.ct, self.structures, fields, description)
        return sitk.GetArrayFromImage(result["physical_dose"]).astype(np.float64)
