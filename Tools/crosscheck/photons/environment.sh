# Sourced by Tools/crosscheck/dose: sets `root`, `photons` and `python`, or ends with advice.
# A virtual environment of its own, for pyRadPlan needs an older numpy than the other cross-checks.

photons=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$photons/../../.." && pwd)

# Made anew when the pinned versions change, so that a figure can be traced to the versions it came from.
python=$photons/.venv/bin/python
if ! cmp -s "$photons/requirements.txt" "$photons/.venv/installed.txt"; then
  echo "installing the pinned libraries into $photons/.venv" >&2
  "${PYTHON:-python3}" -m venv --clear "$photons/.venv"
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$photons/requirements.txt"
  cp "$photons/requirements.txt" "$photons/.venv/installed.txt"
fi

# The contour model (slabs.py), its fill (voxels.py) and the tables are those of the cross-checks.
export PYTHONPATH=$root/Tools/crosscheck:$photons

need_oligoplan() {
  OLIGOPLAN=${OLIGOPLAN:-$root/.build/release/oligoplan}
  if [[ ! -x $OLIGOPLAN ]]; then
    echo "no program at $OLIGOPLAN: build it with 'swift build -c release', or set OLIGOPLAN" >&2
    exit 66
  fi
  export OLIGOPLAN
}
