// Checks an image before it is sent. The validation of the studio decides; this check saves a request.

import { count, megabytes } from "./format.js";

const starts = (bytes, at, ...expected) => expected.every((byte, i) => bytes[at + i] === byte);
const text = (bytes, at, length) => String.fromCharCode(...bytes.slice(at, at + length));
const isHeif = (bytes, ...brands) => text(bytes, 4, 4) === "ftyp" && brands.includes(text(bytes, 8, 4));

// The last column: whether every browser decodes the format. What it cannot show has no preview, and is checked by the studio alone.
const formats = [
  ["JPEG", "image/jpeg", header => starts(header, 0, 0xff, 0xd8, 0xff), true],
  ["PNG", "image/png", header => starts(header, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), true],
  ["WEBP", "image/webp", header => text(header, 0, 4) === "RIFF" && text(header, 8, 4) === "WEBP", true],
  ["BMP", "image/bmp", header => text(header, 0, 2) === "BM", true],
  ["GIF", "image/gif", header => text(header, 0, 4) === "GIF8", true],
  ["AVIF", "image/avif", header => isHeif(header, "avif", "avis"), false],
  ["HEIC", "image/heic", header => isHeif(header, "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "miaf"), false],
  ["TIFF", "image/tiff", header => ["II*\0", "MM\0*"].includes(text(header, 0, 4)), false],
  ["JPEG XL", "image/jxl", header => starts(header, 0, 0xff, 0x0a) || text(header, 4, 4) === "JXL ", false],
  ["JPEG 2000", "image/jp2", header => text(header, 4, 4) === "jP  " || starts(header, 0, 0xff, 0x4f, 0xff, 0x51), false],
];

export const formatNames = types => formats.filter(([, type]) => types.includes(type)).map(([name]) => name);

/** The ratio of width to height, normalized to a shorter side of 1, as the SDK prints it. */
export const ratioOf = (width, height) =>
  width >= height ? `${+(width / height).toFixed(2)}:1` : `1:${+(height / width).toFixed(2)}`;

/** Returns the image's preview and size if the browser can show it, and messages for its problems. */
export async function inspect(file, limits) {
  const offered = formatNames(limits.types);
  const list = `${offered.slice(0, -1).join(", ")} or ${offered.at(-1)}`;
  const header = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const [name, , , isShown] = formats.find(([, type, matches]) => limits.types.includes(type) && matches(header)) ?? [];
  if (!name)
    return { file, problems: [`“${file.name}” must be a ${list} image.`] };

  const problems = [];
  if (file.size > limits.maxBytes)
    problems.push(`“${file.name}” must have at most ${megabytes(limits.maxBytes)} (was ${megabytes(file.size)}).`);
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return { file, problems: isShown ? [`“${file.name}” cannot be decoded as an image.`] : problems };
  }

  const { naturalWidth: width, naturalHeight: height } = image;
  const size = `${count(width)} × ${count(height)} px`;
  if (Math.max(width, height) > limits.maxRatio * Math.min(width, height))
    problems.push(`“${file.name}” must have a ratio of 1:${limits.maxRatio} to ${limits.maxRatio}:1 (was ${size}, ${ratioOf(width, height)}).`);
  return { file, url, width, height, problems };
}
