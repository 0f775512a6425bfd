// Splits a file into the pieces that a person reads: prose, comments and string literals. Code keeps its place as blanks, so line numbers hold.

const blank = text => text.replace(/[^\n]/g, ' ');

/** Prose of Markdown: without inline code, link targets and HTML tags; of a code block only its comments and string literals. */
function markdown(text) {
  return text
    .replace(/^( *)(```+|~~~+)([^\n]*)\n([\s\S]*?)^ *\2[^\n]*$/gm, (all, indent, fence, info, code) => {
      const language = info.trim().split(/\s/)[0];
      const inner = ['csharp', 'cs', 'js'].includes(language) ? source(code) : ['sh', 'bash', 'yaml', 'yml'].includes(language) ? hash(code) : blank(code);
      return blank(indent + fence + info) + '\n' + inner + blank(all.slice(all.lastIndexOf('\n') + 1));
    })
    .replace(/(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g, blank)
    .replace(/\]\([^)\n]*\)/g, blank)
    .replace(/<\/?[a-z][^>\n]*>/gi, blank);
}

/** Comments, string literals and test names (identifiers with two or more underscores) of C# and JavaScript. */
function source(text) {
  let out = '';
  let at = 0;
  const keep = end => { out += withoutCode(text.slice(at, end)); at = end; };
  const drop = end => { out += blank(text.slice(at, end)); at = end; };
  const rest = pattern => { pattern.lastIndex = at; return pattern.exec(text); };
  while (at < text.length) {
    let match;
    if ((match = rest(/\/\/[^\n]*|\/\*[\s\S]*?\*\//y)))
      keep(at + match[0].length);
    else if ((match = rest(/\$*("{3,})[\s\S]*?\1"*/y)) || (match = rest(/\$?@\$?"(?:[^"]|"")*"/y)) || (match = rest(/`(?:[^`\\]|\\.)*`/ys)))
      out += literal(match[0]), at += match[0].length;
    else if ((match = rest(/\$?"(?:[^"\\\n]|\\.)*"/y)) || (match = rest(/'(?:[^'\\\n]|\\.)*'/y)))
      out += literal(match[0]), at += match[0].length;
    else if ((match = rest(/[A-Za-z0-9]+(?:_[A-Za-z0-9]+){2,}/y)))
      out += match[0].replace(/_/g, ' '), at += match[0].length;
    else
      drop(at + (rest(/[A-Za-z0-9_]+|\s+|[^]/y)[0].length));
  }

  return out;
}

// References and code in a comment are not prose.
function withoutCode(text) {
  return text.replace(/<c>.*?<\/c>|<\/?[a-z]+[^>\n]*>|`[^`\n]*`/gi, blank);
}

// Of an interpolated string the expressions are code; a literal without a blank is a name, a path or a value and not a sentence.
function literal(text) {
  const words = text.replace(text.startsWith('`') ? /\$\{[^{}\n]*\}/g : /\{[^{}\n]*\}|`[^`\n]*`/g, blank);
  return /[A-Za-z] +[A-Za-z]/.test(words) ? words : blank(text);
}

/** Comments of YAML and shell, and the names of workflow steps. */
function hash(text) {
  return text.replace(/^[^\n]*$/gm, line => {
    const name = /^\s*-?\s*(?:name|description|title|label):\s+(.*)$/.exec(line);
    if (name)
      return ' '.repeat(line.length - name[1].length) + name[1];
    const comment = /(?:^|\s)#(?!!)/.exec(line);
    return comment ? ' '.repeat(comment.index) + line.slice(comment.index) : blank(line);
  });
}

/** Texts and comments of HTML, and the attributes that are shown or spoken. */
function html(text) {
  return text.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, blank).replace(/<(?!!--)[^>]*>/g, tag => {
    let out = blank(tag);
    for (const match of tag.matchAll(/\b(?:title|alt|placeholder|aria-label|content)="([^"]*)"/g)) {
      const start = match.index + match[0].length - 1 - match[1].length;
      out = out.slice(0, start) + match[1] + out.slice(start + match[1].length);
    }

    return out;
  });
}

/** Comments and descriptions of MSBuild files. */
function xml(text) {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/<!--[\s\S]*?-->|<(Description|PackageTags|PackageReleaseNotes|Justification)>[\s\S]*?<\/\1>/g)) {
    out += blank(text.slice(at, match.index)) + match[0].replace(/<\/?[A-Za-z]+>/g, blank);
    at = match.index + match[0].length;
  }

  return out + blank(text.slice(at));
}

/** Descriptions of JSON schemas. */
function json(text) {
  return text.replace(/^[^\n]*$/gm, line => {
    const description = /"description":\s*"(.*)"/.exec(line);
    return description ? blank(line.slice(0, description.index)) + description[0].replace(/^"description":/, blank) : blank(line);
  });
}

const readers = [
  [/\.md$/, markdown],
  [/\.(cs|js|mjs)$/, source],
  [/\.html$/, html],
  [/\.(yml|yaml|sh|py)$|^\.ci\/|\.editorconfig$/, hash],
  [/\.(csproj|props|targets)$/, xml],
  [/Schema\.json$/, json],
];

/** The text of a file that a person reads, or null if files of this kind are not checked. */
export function textsOf(path, content) {
  const reader = readers.find(([pattern]) => pattern.test(path))?.[1];
  return reader ? reader(content.replace(/\r\n/g, '\n')) : null;
}
