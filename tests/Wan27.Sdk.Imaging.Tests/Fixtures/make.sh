#!/usr/bin/env bash
# Makes the HEIC and AVIF files, which Magick.NET reads but does not write in every form (needs ffmpeg, heif-enc and exiftool: apt-get install ffmpeg
# libheif-examples libimage-exiftool-perl). The image has the four colored quarters of TestImages.cs.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quarters='color=red:s=200x150[a];color=lime:s=200x150[b];color=blue:s=200x150[c];color=yellow:s=200x150[d];[a][b]hstack[x];[c][d]hstack[y];[x][y]vstack'
ffmpeg -v error -f lavfi -i "$quarters,format=rgb24" -frames:v 1 "$work/plain.png"
heif-enc -q 60 "$work/plain.png" -o plain.heic >/dev/null
heif-enc -q 60 --avif "$work/plain.png" -o plain.avif >/dev/null

# A phone's photo: lying, with an orientation and a position.
ffmpeg -v error -i "$work/plain.png" -q:v 2 "$work/photo.jpg"
exiftool -q -overwrite_original -Orientation#=6 -GPSLatitude=47.5 -GPSLatitudeRef=N -GPSLongitude=8.5 -GPSLongitudeRef=E -Model=LighthouseCam "$work/photo.jpg"
heif-enc -q 60 "$work/photo.jpg" -o "$work/photo.heic" >/dev/null
python3 rotate-heic.py "$work/photo.heic" phone.heic

# Half transparent: the upper half is opaque.
ffmpeg -v error -i "$work/plain.png" -vf "format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='if(lt(Y,150),255,0)'" "$work/alpha.png"
heif-enc -q 60 "$work/alpha.png" -o alpha.heic >/dev/null
heif-enc -q 60 --avif "$work/alpha.png" -o alpha.avif >/dev/null
ls -l ./*.heic ./*.avif
