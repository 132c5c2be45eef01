# Sourced by the scripts beside it: sets `root`, `python` and OLIGOPLAN, or ends with advice.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

OLIGOPLAN=${OLIGOPLAN:-$root/.build/release/oligoplan}
if [[ ! -x $OLIGOPLAN ]]; then
  echo "no program at $OLIGOPLAN: build it with 'swift build -c release', or set OLIGOPLAN" >&2
  exit 66
fi
export OLIGOPLAN

# Made anew when the pinned versions change, so that a figure can be traced to the versions it came from.
python=$here/.venv/bin/python
if ! cmp -s "$here/requirements.txt" "$here/.venv/installed.txt"; then
  echo "installing the pinned libraries into $here/.venv" >&2
  "${PYTHON:-python3}" -m venv --clear "$here/.venv"
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$here/.venv/installed.txt"
fi
