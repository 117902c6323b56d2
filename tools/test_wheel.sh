#!/usr/bin/env bash
# Builds the sdist, a wheel from the sdist, and runs the tests against the installed wheel with src/, rules/ and schemas/
# out of reach. Arguments: versions of Python or commands (3.12, python3.13). By default all supported ones.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CONTENTLINT_DIST="$work/dist"

interpreter() {
  local candidate
  for candidate in "$1" "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    if "$candidate" -c 'import venv' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

build() {
  "$1" -m venv "$work/build"
  "$work/build/bin/python" -m pip install --quiet --upgrade pip build
  "$work/build/bin/python" -m build --outdir "$CONTENTLINT_DIST" . > "$work/build.log" || { cat "$work/build.log"; exit 1; }
  mkdir "$work/source"
  tar --extract --file "$CONTENTLINT_DIST"/*.tar.gz --directory "$work/source" --strip-components 1
  rm -r "$work/source/src" "$work/source/rules" "$work/source/schemas"
  # Fetched by `make test`, and no part of the sdist.
  if [ -f build/commonmark.json ]; then
    mkdir "$work/source/build"
    cp build/commonmark.json "$work/source/build"
  fi
}

run() {
  local environment="$work/$1"
  "$2" -m venv "$environment" &&
    "$environment/bin/python" -m pip install --quiet --upgrade pip &&
    "$environment/bin/python" -m pip install --quiet "$CONTENTLINT_DIST"/*.whl --group "$work/source/pyproject.toml:dev" &&
    cd "$work/source" &&
    "$environment/bin/python" -c 'import contentlint; assert "site-packages" in contentlint.__file__' &&
    # The guides speak of files that only a checkout has.
    "$environment/bin/python" -m pytest -q -n auto -m "not corpus" --ignore tests/test_guides.py
}

passed=() failed=() missing=()
for version in "${@:-3.11 3.12 3.13}"; do
  for name in $version; do
    if ! python=$(interpreter "$name"); then
      missing+=("$name")
      continue
    fi
    [ -d "$CONTENTLINT_DIST" ] || build "$python"
    echo "== Python $name"
    if (run "${name//\//-}" "$python"); then passed+=("$name"); else failed+=("$name"); fi
  done
done

echo "Passed: ${passed[*]:-none}. Failed: ${failed[*]:-none}. Not found here: ${missing[*]:-none}."
[ ${#passed[@]} -gt 0 ] && [ ${#failed[@]} -eq 0 ]
