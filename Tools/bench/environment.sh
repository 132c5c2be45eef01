# Sourced by the scripts that run peers: sets `root`, `bench` and `python`, or ends with advice.
# A virtual environment of its own, for dicompyler-core needs pydicom 2 and the cross-checks use pydicom 3.

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)

# Made anew when the pinned versions change, so that a figure can be traced to the versions it came from.
python=$bench/.venv/bin/python
if ! cmp -s "$bench/requirements.txt" "$bench/.venv/installed.txt"; then
  echo "installing the pinned libraries into $bench/.venv" >&2
  "${PYTHON:-python3}" -m venv --clear "$bench/.venv"
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$bench/requirements.txt"
  cp "$bench/requirements.txt" "$bench/.venv/installed.txt"
fi

# The contour model (slabs.py), its voxels and the tables are those of the cross-checks.
export PYTHONPATH=$root/Tools/crosscheck:$bench

# Debian's plastimatch has no Python package; it is installed when it is missing.
need_plastimatch() {
  command -v plastimatch > /dev/null && return
  echo "installing Debian's plastimatch" >&2
  local run=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo > /dev/null || { echo "plastimatch is missing: run as root, or install sudo" >&2; exit 69; }
    run=(sudo)
  fi
  "${run[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends plastimatch > /dev/null
}

need_oligoplan() {
  OLIGOPLAN=${OLIGOPLAN:-$root/.build/release/oligoplan}
  OLIGOPLAN_BENCH=${OLIGOPLAN_BENCH:-$root/.build/release/oligoplan-bench}
  if [[ ! -x $OLIGOPLAN ]]; then
    echo "no program at $OLIGOPLAN: build it with 'swift build -c release', or set OLIGOPLAN" >&2
    exit 66
  fi
  export OLIGOPLAN OLIGOPLAN_BENCH
}
