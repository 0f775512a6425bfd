#!/usr/bin/env node
// Checks that each message that docs/troubleshooting.md quotes is one that the client can produce: node eng/words/messages.mjs
// A message is often composed of several string literals, so it is split into the longest pieces that occur in the source, each of two words or more.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The source as a text in which each interpolation is one mark, and literals that are joined by + are one. */
export function literalsOf(source) {
  return source
    .replace(/"\s*\+ \$?"/g, '')
    .replace(/\{nameof\((?:\w+\.)*(\w+)\)\}/g, '$1')
    .replace(/\{[^{}"]*\}/g, '…')
    .replace(/\s+/g, ' ');
}

/** The part of a message that does not occur in the literals; null if all of it does. */
export function unknownPart(message, literals) {
  for (const part of message.split(/…|\d+/).map(text => text.trim()).filter(Boolean)) {
    let words = part.split(' ');
    while (words.length > 1) {
      let length = words.length;
      while (length > 1 && !literals.includes(words.slice(0, length).join(' ')))
        length--;
      if (length === 1)
        return words.join(' ');
      words = words.slice(length);
    }
  }

  return null;
}

/** The messages in the first column of the tables of a page. */
export const messagesOf = page => [...page.matchAll(/^\| `([^`]+)`/gm)].map(match => match[1]);

function main() {
  const files = execFileSync('git', ['ls-files', 'src/Wan27.Sdk/*.cs'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const literals = literalsOf(files.map(file => readFileSync(root + file, 'utf8')).join('\n'));
  const page = 'docs/troubleshooting.md';
  const messages = messagesOf(readFileSync(root + page, 'utf8'));
  const unknown = messages.filter(message => unknownPart(message, literals) !== null);
  for (const message of unknown)
    console.log(`${page}: no message of the client contains "${unknownPart(message, literals)}": ${message}`);
  return messages.length > 0 && unknown.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = main();
