#!/usr/bin/env bash
# Builds the documentation site with the API reference into docs/_site; a warning fails the build. With --serve, shows it on a loopback port.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf docs/_site docs/api/*.yml docs/api/.manifest
dotnet tool restore
dotnet restore src/Wan27.Sdk
dotnet restore src/Wan27.Sdk.Emulator
dotnet restore src/Wan27.Sdk.Imaging
dotnet restore src/Wan27.Sdk.EntityFrameworkCore
dotnet restore src/Wan27.Sdk.Hosting
dotnet docfx docs/docfx.json --warningsAsErrors "$@"
