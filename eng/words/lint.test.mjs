// node --test eng/words
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findings } from './lint.mjs';
import { literalsOf, messagesOf, unknownPart } from './messages.mjs';

const planted = {
  'prose of Markdown': ['a.md', 'One.\n\nThe film is ready.\n', 3],
  'a comment in a C# sample': ['a.md', '```csharp\nRun(); // the film\n```\n', 2],
  'a line comment': ['a.cs', 'var x = 1; // the film\n', 1],
  'a block comment': ['a.cs', '/* one\n the film */\n', 2],
  'an XML comment': ['a.cs', '/// <summary>The film.</summary>\n', 1],
  'a string': ['a.cs', 'throw new Exception("The film is gone.");\n', 1],
  'an interpolated string': ['a.cs', 'var x = $"The film {id} is gone.";\n', 1],
  'a verbatim string': ['a.cs', 'var x = @"C:\\ one\ntwo film ";\n', 2],
  'a raw string': ['a.cs', 'var x = """\n  The film " is gone.\n  """;\n', 2],
  'the name of a test': ['a.cs', 'public void A_film_is_saved() { }\n', 1],
  'a template of JavaScript': ['a.js', 'say(`The film ${id} is gone.`);\n', 1],
  'a text of HTML': ['a.html', '<p>\nThe film</p>\n', 2],
  'an attribute of HTML': ['a.html', '<img alt="The film">\n', 1],
  'the name of a workflow step': ['a.yml', '- name: Make the film\n', 1],
  'a comment of a script': ['.ci/run', '# Makes a film.\n', 1],
  'a comment of a project': ['a.csproj', '<Project>\n  <!-- The film. -->\n</Project>\n', 2],
  'a description of a schema': ['ASchema.json', '{\n  "description": "The film."\n}\n', 2],
};

for (const [what, [path, content, line]] of Object.entries(planted)) {
  test(`A word in ${what} is found`, () =>
    assert.deepEqual(findings(path, content).map(found => [found.line, found.word]), [[line, 'film']]));
}

const clean = {
  'an identifier': ['a.cs', 'var film = new Film(task);\n'],
  'an expression of an interpolated string': ['a.cs', 'var x = $"The video {film} is ready.";\n'],
  'a value without a blank': ['a.cs', 'var x = "film";\n'],
  'a reference of an XML comment': ['a.cs', '/// <see cref="Film.Task"/> and <c>film</c>.\n'],
  'inline code and a link': ['a.md', '`film` and [the page](film.md)\n'],
  'a command': ['a.md', '```sh\nplay film.mp4\n```\n'],
  'an id of HTML': ['a.html', '<p id="film">The video</p>\n'],
  'a value of YAML': ['a.yml', 'run: film\n'],
  'a word that is allowed on its line': ['a.cs', '// The film. words-ok: film\n'],
  'a word that is allowed on the line before': ['a.md', '<!-- words-ok: film -->\nThe film.\n'],
  'a longer word': ['a.md', 'Filmography, unbearable, multitasking.\n'],
  'a file of another kind': ['a.bin', 'The film.\n'],
};

for (const [what, [path, content]] of Object.entries(clean))
  test(`No word is found in ${what}`, () => assert.deepEqual(findings(path, content), []));

test('An allowed word does not allow another', () =>
  assert.deepEqual(findings('a.cs', '// The film was told. words-ok: film\n').map(found => found.word), ['told']));

test('The command prints file, line, word and replacement, and fails', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'words-'));
  try {
    writeFileSync(join(folder, 'a.md'), 'The film.\n');
    const path = relative(root, join(folder, 'a.md'));
    const run = spawnSync(process.execPath, [join(root, 'eng/words/lint.mjs'), path], { encoding: 'utf8' });
    assert.equal(run.status, 1);
    assert.match(run.stdout, /a\.md:1: film -> video/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const literals = literalsOf('throw new E($"The file {name} has {length} bytes; " + $"the limit is {limit}."); var x = isA ? "by another account" : "for another request";');

test('A message is known if its pieces are literals', () => {
  assert.equal(unknownPart('The file … has 12 bytes; the limit is ….', literals), null);
  assert.equal(unknownPart('has … bytes; the limit is', literals), null);
  assert.equal(unknownPart('… for another request', literals), null);
});

test('A message is unknown if a piece was reworded', () => {
  assert.equal(unknownPart('The file … contains … bytes of data', literals), 'bytes of data');
  assert.deepEqual(messagesOf('| `One … two` | cause |\nthree\n'), ['One … two']);
});
