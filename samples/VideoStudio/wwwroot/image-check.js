// Checks an image before it is sent. The validation of the studio decides; this check saves a request.

import { count, megabytes } from "./format.js";

const formats = [
  ["PNG", "image/png", header => starts(header, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ["JPEG", "image/jpeg", header => starts(header, 0, 0xff, 0xd8, 0xff)],
  ["WEBP", "image/webp", header => starts(header, 0, 0x52, 0x49, 0x46, 0x46) && starts(header, 8, 0x57, 0x45, 0x42, 0x50)],
  ["BMP", "image/bmp", header => starts(header, 0, 0x42, 0x4d)],
];

const starts = (bytes, at, ...expected) => expected.every((byte, i) => bytes[at + i] === byte);

export const formatNames = types => formats.filter(([, type]) => types.includes(type)).map(([name]) => name);

/** The ratio of width to height, normalized to a shorter side of 1, as the SDK prints it. */
export const ratioOf = (width, height) =>
  width >= height ? `${+(width / height).toFixed(2)}:1` : `1:${+(height / width).toFixed(2)}`;

/** Returns the image's preview and size, and messages for its problems. */
export async function inspect(file, limits) {
  const offered = formatNames(limits.types);
  const list = `${offered.slice(0, -1).join(", ")} or ${offered.at(-1)}`;
  const header = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const format = formats.find(([, type, matches]) => limits.types.includes(type) && matches(header))?.[0];
  if (!format)
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
    return { file, problems: [`“${file.name}” cannot be decoded as an image.`] };
  }

  const { naturalWidth: width, naturalHeight: height } = image;
  const size = `${count(width)} × ${count(height)} px`;
  if (Math.min(width, height) < limits.minSide || Math.max(width, height) > limits.maxSide)
    problems.push(`“${file.name}” must have ${count(limits.minSide)} to ${count(limits.maxSide)} px per side (was ${size}).`);
  if (Math.max(width, height) > limits.maxRatio * Math.min(width, height))
    problems.push(`“${file.name}” must have a ratio of 1:${limits.maxRatio} to ${limits.maxRatio}:1 (was ${ratioOf(width, height)}).`);
  if (format === "PNG" && await hasTransparency(file))
    problems.push(`“${file.name}” must not be a PNG with transparency. Save it without an alpha channel, or as a JPEG.`);
  return { file, url, width, height, problems };
}

// Color types 4 and 6 have an alpha channel; in the others, a tRNS chunk before the image data defines transparent colors.
async function hasTransparency(file) {
  const at = async (offset, length) => new DataView(await file.slice(offset, offset + length).arrayBuffer());
  if ([4, 6].includes((await at(25, 1)).getUint8(0)))
    return true;
  for (let offset = 8, chunks = 0; offset + 8 <= file.size && chunks < 10_000; chunks++) {
    const chunk = await at(offset, 8);
    const kind = String.fromCharCode(...new Uint8Array(chunk.buffer, 4, 4));
    if (kind === "tRNS" || kind === "IDAT")
      return kind === "tRNS";
    offset += 12 + chunk.getUint32(0);
  }
  return false;
}
