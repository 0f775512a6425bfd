#!/bin/sh
# Generates the videos and the lighthouse of this repository, so that they need no license of others.
# Needs ffmpeg with libx264 (Debian: apt-get install -y ffmpeg) and python3. Run from anywhere; a few minutes on two cores.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
videos="$here/../src/Wan27.Sdk.Emulator/Videos"
picture="$here/../samples/QuickStart/lighthouse.png"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$videos"

python3 "$here/draw-lighthouse.py" > "$scratch/lighthouse.ppm"
ffmpeg -v error -y -i "$scratch/lighthouse.ppm" -pix_fmt rgb24 -pred mixed -compression_level 100 "$picture"

# A paper sunset: flat shapes that glide over a still sky, sharp at any size and almost free to encode.
# still FILE SIZE RED GREEN BLUE ALPHA: one image, each channel an expression of X, Y, W, H.
still() {
    ffmpeg -v error -y -f lavfi -i "color=black:s=$2:d=1:r=1,format=rgba,geq=r='$3':g='$4':b='$5':a='$6'" -frames:v 1 "$1"
}
inside() { echo "clip($1+0.5\,0\,1)"; }
band='floor(9*Y/H)/8'
away='hypot(X-W/2+0.5\,Y-H/2+0.5)'
far="Y-H*(0.70-0.05*sin(5.1*X/W+0.6)-0.02*sin(13*X/W))"
near="Y-H*(0.83-0.04*sin(4.3*X/W+2.4)-0.015*sin(17*X/W+1))"
pill="H/2-0.5-hypot(max(abs(X-W/2+0.5)-(W-H)/2\,0)\,Y-H/2+0.5)"

# draw WIDTH HEIGHT: sky, sun, cloud and hills of that size, in the scratch folder.
draw() {
    short=$(($1 < $2 ? $1 : $2))
    sun=$((short * 3 / 4 / 2 * 2))
    still "$scratch/sky.png" "$1x$2" "44+204*pow($band\,1.1)" "38+130*pow($band\,1.7)" "92+34*sin(PI*$band)" 255
    still "$scratch/sun.png" "${sun}x$sun" 255 "206+30*$(inside "W*0.22-$away")" "128+50*$(inside "W*0.22-$away")" \
        "44*$(inside "W*0.48-$away")+52*$(inside "W*0.34-$away")+159*$(inside "W*0.22-$away")"
    still "$scratch/cloud.png" "$((short / 2))x$((short / 14))" 255 214 198 "120*$(inside "$pill")"
    still "$scratch/hills.png" "$1x$2" "92-56*$(inside "$near")" "48-22*$(inside "$near")" "98-44*$(inside "$near")" "255*$(inside "$far")"
}

# A quiet open chord (A2 E3 A3 C#4), each tone breathing at its own pace.
tone() { echo "$2*sin(2*PI*$1*t)*(0.72+0.28*sin(2*PI*$3*t))"; }
chord="$(tone 110 0.050 0.11)+$(tone 164.81 0.034 0.17)+$(tone 220 0.026 0.13)+$(tone 277.18 0.018 0.19)"

glide="[0][1]overlay=x='(W-w)/2':y='0.50*H-h/2-0.012*H*t'[a]; [a][2]overlay=x='0.10*W+0.020*W*t':y='0.17*H'[b]"
glide="$glide; [b][2]overlay=x='0.62*W-0.014*W*t':y='0.32*H'[c]; [c][3]overlay,format=yuv420p[v]"

# encode NAME WIDTH HEIGHT
encode() {
    draw "$2" "$3"
    for seconds in 5 10 15; do
        ffmpeg -v error -y -loop 1 -framerate 12 -i "$scratch/sky.png" -i "$scratch/sun.png" -i "$scratch/cloud.png" -i "$scratch/hills.png" \
            -f lavfi -i "aevalsrc='($chord)*min(1\,t)*min(1\,$seconds-t)':s=24000:d=$seconds" \
            -filter_complex "$glide" -map '[v]' -map 4:a -t "$seconds" \
            -c:v libx264 -preset slow -crf 36 -g 240 -x264-params aq-mode=0:no-psy=1 -pix_fmt yuv420p -profile:v high -c:a aac -b:a 16k -ac 1 \
            -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart "$videos/$1-${seconds}s.mp4"
    done
}

encode 720p-16x9 1280 720
encode 720p-9x16 720 1280
encode 720p-1x1 960 960
encode 720p-4x3 960 720
encode 720p-3x4 720 960
encode 1080p-16x9 1920 1080
encode 1080p-9x16 1080 1920
encode 1080p-1x1 1440 1440
encode 1080p-4x3 1440 1080
encode 1080p-3x4 1080 1440

du -ch --apparent-size "$videos"/*.mp4 | tail -1
