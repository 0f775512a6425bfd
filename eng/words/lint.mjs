#!/usr/bin/env node
// Finds words to avoid in everything that a person reads: node eng/words/lint.mjs [--counts] [FILE…]
// Without files, it checks every file that git tracks. To allow a word in one place, write "words-ok: WORD" on that line or the line before it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textsOf } from './texts.mjs';

const list = JSON.parse(readFileSync(new URL('words.json', import.meta.url), 'utf8'));
const ignored = list.ignore.map(pattern => new RegExp(pattern));
const rules = list.words.map(({ word, use, case: exact, in: folder }) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${word})(?![\\w])`, exact ? 'g' : 'gi'),
  use,
  folder: folder && new RegExp(folder),
}));

/** Every word to avoid in a file, as { line, word, use }. */
export function findings(path, content) {
  const text = ignored.some(pattern => pattern.test(path)) ? null : textsOf(path, content);
  if (text === null)
    return [];
  const lines = content.split(/\r?\n/);
  const found = [];
  text.split('\n').forEach((line, index) => {
    for (const { pattern, use, folder } of rules) {
      if (folder && !folder.test(path))
        continue;
      for (const match of line.matchAll(pattern)) {
        if (!isAllowed(match[0], lines[index], lines[index - 1]))
          found.push({ line: index + 1, word: match[0], use });
      }
    }
  });
  return found;
}

function isAllowed(word, ...lines) {
  return lines.some(line => {
    const allowed = /words-ok:\s*([^>*]+)/.exec(line ?? '')?.[1];
    return allowed?.split(',').some(entry => entry.replace(/--\s*$/, '').trim().toLowerCase() === word.toLowerCase());
  });
}

function main(args) {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const files = args.filter(arg => !arg.startsWith('--'));
  const paths = files.length > 0 ? files : execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  const counts = new Map();
  let total = 0;
  for (const path of paths) {
    if (textsOf(path, '') === null)
      continue;
    for (const { line, word, use } of findings(path, readFileSync(root + path, 'utf8'))) {
      total++;
      const folder = path.includes('/') ? path.split('/').slice(0, 2).join('/') : path;
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
      if (!args.includes('--counts'))
        console.log(`${path}:${line}: ${word} -> ${use}`);
    }
  }

  if (args.includes('--counts'))
    [...counts].sort((a, b) => b[1] - a[1]).forEach(([folder, count]) => console.log(`${String(count).padStart(6)} ${folder}`));
  console.log(total === 0 ? 'No word to avoid was found.' : `${total} words to avoid. The table is in eng/words/words.json.`);
  return total === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));
