#!/usr/bin/env bash
# A long run, guided by coverage: long.sh <target> [seconds, by default an hour]. What it finds is in artifacts/fuzz/<target>/default/crashes
# and hangs; look at one again with: dotnet run --project tests/Wan27.Sdk.Fuzz -- replay <target> <file>.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:?a target} seconds=${2:-3600} here=tests/Wan27.Sdk.Fuzz out=artifacts/fuzz

if ! command -v afl-fuzz >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends afl++ >/dev/null
fi
[ -x "$out/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tools"
dotnet build "$here" -c Release -o "$out/bin"
"$out/tools/sharpfuzz" "$out/bin/Wan27.Sdk.dll"

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
afl-fuzz -i "$here/Corpus/$target" -o "$out/$target" -t 10000 -m none -V "$seconds" -- dotnet "$out/bin/Wan27.Sdk.Fuzz.dll" afl "$target"
