#!/usr/bin/env bash
# Checks the English of the repository: the words to avoid, then the spelling. Needs Node 20 or later, and npm once for the spell checker.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0

# The checks themselves first: a check that finds nothing must not pass.
node --test --test-reporter=dot eng/words
node eng/words/lint.mjs || status=1
node eng/words/messages.mjs || status=1

npm --prefix eng/spelling install --no-audit --no-fund --silent
spell() { eng/spelling/node_modules/.bin/cspell "$@" --config eng/spelling/cspell.json --no-progress --no-summary; }
if echo 'A planted mistaek.' | spell lint stdin >/dev/null; then # cspell:ignore mistaek
  echo "The spell checker did not find a planted mistake." >&2
  exit 1
fi
git ls-files | spell lint --root . --dot --file-list stdin || status=1

exit "$status"
