// What can be known of a picture before it is sent. The server's check decides; this one saves the way.

import { count, megabytes } from "./words.js";

const formats = [
  ["PNG", "image/png", head => starts(head, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ["JPEG", "image/jpeg", head => starts(head, 0, 0xff, 0xd8, 0xff)],
  ["WEBP", "image/webp", head => starts(head, 0, 0x52, 0x49, 0x46, 0x46) && starts(head, 8, 0x57, 0x45, 0x42, 0x50)],
  ["BMP", "image/bmp", head => starts(head, 0, 0x42, 0x4d)],
];

const starts = (bytes, at, ...expected) => expected.every((byte, i) => bytes[at + i] === byte);

export const formatNames = types => formats.filter(([, type]) => types.includes(type)).map(([name]) => name);

/** Width to height in words, the shorter side being 1, as the SDK says it. */
export const ratioOf = (width, height) =>
  width >= height ? `${+(width / height).toFixed(2)}:1` : `1:${+(height / width).toFixed(2)}`;

/** The picture as it can be shown, and the sentences that say what is wrong with it. */
export async function inspect(file, limits) {
  const offered = formatNames(limits.types);
  const list = `${offered.slice(0, -1).join(", ")} or ${offered.at(-1)}`;
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const format = formats.find(([, type, matches]) => limits.types.includes(type) && matches(head))?.[0];
  if (!format)
    return { file, problems: [`“${file.name}” is not a picture as ${list}.`] };

  const problems = [];
  if (file.size > limits.maxBytes)
    problems.push(`“${file.name}” has ${megabytes(file.size)}; the limit is ${megabytes(limits.maxBytes)}.`);
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return { file, problems: [`“${file.name}” cannot be opened as a picture.`] };
  }

  const { naturalWidth: width, naturalHeight: height } = image;
  const size = `${count(width)} × ${count(height)} px`;
  if (Math.min(width, height) < limits.minSide || Math.max(width, height) > limits.maxSide)
    problems.push(`“${file.name}” is ${size}; each side must have ${count(limits.minSide)} to ${count(limits.maxSide)} px.`);
  if (Math.max(width, height) > limits.maxRatio * Math.min(width, height))
    problems.push(`“${file.name}” is too elongated: ${ratioOf(width, height)}; the limit is ${limits.maxRatio}:1.`);
  if (format === "PNG" && await hasTransparency(file))
    problems.push(`“${file.name}” is a PNG with transparency; save it without, or as a JPEG.`);
  return { file, url, width, height, problems };
}

// Colour types 4 and 6 have an alpha channel; in the others a tRNS chunk before the picture makes colours transparent.
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
