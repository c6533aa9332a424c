import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/manifest/diagnostic';
import { readYaml } from '../../src/manifest/yaml';

function only(text: string): Diagnostic {
  const { diagnostics } = readYaml(text, 'a.yaml');
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0] as Diagnostic;
}

/** The code and place of the one finding in a text, and whether the text has objects all the same. */
function finding(text: string): string {
  const { code, location, message, fix } = only(text);
  expect(message).toMatch(/\.$/);
  expect(fix).toBeTruthy();
  return `${code} ${location?.line}:${location?.column}`;
}

const names = (text: string): unknown[] =>
  readYaml(text).manifests.map(({ object }) => (object.metadata as { name?: string } | undefined)?.name ?? object.name);

describe('documents', () => {
  test('are separated by --- and keep the line on which each begins', () => {
    const { manifests } = readYaml('# head\nname: a\n---\n# comment\n\nname: b\n--- # c\n---\nname: c', 'all.yaml');
    expect(manifests.map(({ object, origin }) => [object.name, origin.location])).toEqual([
      ['a', { file: 'all.yaml', line: 2, column: 1 }],
      ['b', { file: 'all.yaml', line: 6, column: 1 }],
      ['c', { file: 'all.yaml', line: 9, column: 1 }],
    ]);
  });

  test.each(['', '\n', '# only a comment', '---\n---\n', '---\n# c\n---\nnull\n', '...\n', '\ufeff'])('%j holds nothing and is no mistake', (text) => {
    expect(readYaml(text)).toEqual({ manifests: [], diagnostics: [] });
  });

  test('that cannot be read do not hide the others', () => {
    const text = 'name: a\n---\nb: [1\n---\nname: c\n';
    expect(names(text)).toEqual(['a', 'c']);
    expect(finding(text)).toBe('yaml/syntax 3:4');
  });

  test('behind ... are read, with a warning that kubectl does not', () => {
    const text = 'name: a\n...\nname: b\n';
    expect(names(text)).toEqual(['a', 'b']);
    expect(only(text)).toMatchObject({ code: 'yaml/ignored-document', severity: 'warning', location: { line: 3, column: 1 } });
  });

  test('may be JSON, also one object after the other without a separator', () => {
    const { manifests } = readYaml('{"name": "a", "x": "}"}\n{\n\t"name": "b"\n}  {"name": "c"}\n', 'x.json');
    expect(manifests.map(({ object, origin }) => [object.name, origin.location?.line, origin.location?.column])).toEqual([
      ['a', 1, 1],
      ['b', 2, 1],
      ['c', 4, 4],
    ]);
    expect(manifests[2]?.origin.locate?.('name')).toEqual({ file: 'x.json', line: 4, column: 5 });
  });

  test('may have a byte order mark and Windows line ends', () => {
    const { manifests, diagnostics } = readYaml('\ufeffname: a\r\nspec:\r\n  text: |\r\n    x\r\n    y\r\n---\r\nname: b\r\n');
    expect(diagnostics).toEqual([]);
    expect(manifests.map(({ object }) => object)).toEqual([{ name: 'a', spec: { text: 'x\ny\n' } }, { name: 'b' }]);
    expect(manifests[0]?.origin.locate?.('spec.text')).toEqual({ file: '<text>', line: 3, column: 3 });
  });
});

describe('Lists', () => {
  const text =
    'apiVersion: v1\nkind: List\nitems:\n- kind: A\n  spec: {x: 1}\n- apiVersion: v1\n  kind: List\n  items:\n    - kind: B\n      spec:\n        z: 2\n- 7\n';

  test('hand out their items, nested ones too, each with its own place', () => {
    const { manifests } = readYaml(text, 'l');
    expect(manifests.map(({ object, origin }) => [object.kind, origin.location?.line, origin.location?.column])).toEqual([
      ['A', 4, 3],
      ['B', 9, 7],
    ]);
    expect(manifests.map(({ origin }) => origin.locate?.('spec.z'))).toEqual([
      { file: 'l', line: 5, column: 3 },
      { file: 'l', line: 11, column: 9 },
    ]);
  });

  test('refuse an item that is no object, where it stands', () => {
    expect(only(text)).toMatchObject({ code: 'yaml/not-an-object', path: 'items[2]', location: { line: 12, column: 3 } });
  });

  test('of one kind give that kind and version to their items', () => {
    const { manifests } = readYaml('apiVersion: networking.istio.io/v1\nkind: SidecarList\nitems:\n- metadata: {name: a}\n');
    expect(manifests[0]?.object).toEqual({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'a' } });
  });
});

describe('what cannot be read', () => {
  test.each([
    ['an unclosed bracket at the bracket', 'a: 1\nhosts: [a, b\nhttp:\n- x\n', 'yaml/syntax 2:8'],
    ['an unclosed brace at the brace', 'a: {b: 1\n', 'yaml/syntax 1:4'],
    ['a missing comma where the next entry begins', 'a: {b: 1\n  c: 2}\n', 'yaml/syntax 2:4'],
    ['brackets that are all unclosed', '{'.repeat(99), 'yaml/syntax 1:100'],
    ['an unclosed brace inside a bracket', 'a: [1,\n  {b: 1\n  c: 2\n', 'yaml/syntax 2:3'],
    ['an unquoted host with a wildcard', 'hosts:\n- *.example.com\n', 'yaml/unknown-anchor 2:3'],
    ['a line of a template', '{{- if .Values.x }}\na: 1\n', 'yaml/syntax 1:3'],
    ['a missing space behind a colon', 'a:b\nc: 1\n', 'yaml/syntax 2:1'],
    ['an unclosed double quote at the quote', 'a: 1\nb: "text\nc: 2\n', 'yaml/syntax 2:4'],
    ['an unclosed single quote at the quote', "a: 1\nb: 'text\n", 'yaml/syntax 2:4'],
    ['a tab in the indentation', 'a:\n\tb: 1\n', 'yaml/syntax 2:1'],
    ['a tab on an empty line', 'a: 1\n\t\nb: 2\n', 'yaml/syntax 2:1'],
    ['a second colon in a value', 'a: b: c\n', 'yaml/syntax 1:5'],
    ['a misplaced list item', 'a:\n  - b\n - c\n', 'yaml/syntax 3:2'],
    ['a line that belongs to nothing', 'a: 1\nb\n', 'yaml/syntax 2:1'],
    ['a control character', 'a: "x\u0007"\n', 'yaml/syntax 1:6'],
    ['an unknown escape', 'a: "\\d"\n', 'yaml/syntax 1:6'],
    ['a key that stands twice', 'a: 1\nb: {c: 1, c: 2}\n', 'yaml/duplicate-key 2:11'],
    ['a template that was not rendered', 'a: {{ .Values.a }}\n', 'yaml/key 1:5'],
    ['a key that is null', 'a:\n  ~: 1\n', 'yaml/key 2:3'],
    ['an unknown anchor', 'a: *b\n', 'yaml/unknown-anchor 1:4'],
    ['an anchor of another document', 'a: &b 1\n---\nc: *b\n', 'yaml/unknown-anchor 3:4'],
    ['an alias within itself', 'a: &a [*a]\n', 'yaml/alias-bomb 1:8'],
    ['a merge of no mapping', 'a:\n  <<: 1\n', 'yaml/merge 2:3'],
    ['a merge that replaces what stands above it', 'x: &x {k: 1}\na:\n  k: 2\n  <<: *x\n', 'yaml/merge-order 4:3'],
    ['NaN', 'a: .nan\n', 'yaml/not-json 1:4'],
    ['a tag that does not fit', 'a: !!int x\n', 'yaml/tag 1:10'],
    ['a list without a List', 'x: 1\n---\n- kind: A\n', 'yaml/not-an-object 3:1'],
    ['a single word', 'hello\n', 'yaml/not-an-object 1:1'],
    ['text behind ---', '--- {a: 1}\n', 'yaml/separator 1:4'],
    ['a directive', '# c\n%YAML 1.2\n---\na: 1\n', 'yaml/directive 2:1'],
    ['binary', 'PK\u0003\u0004\0\0', 'yaml/binary 1:1'],
    ['what was decoded from something else', '\ufffd\ufffd\ufffd\u0001\u0002\ufffdabc', 'yaml/binary 1:1'],
  ])('%s', (_, text, expected) => {
    expect(finding(text)).toBe(expected);
  });

  test('names the first of two equal keys beside the second, the object and the path', () => {
    const text = 'apiVersion: v1\nkind: A\nmetadata: {name: m}\nspec:\n  http: 1\n  x: [{http: 1}]\n  http: 2\n';
    expect(only(text)).toMatchObject({
      path: 'spec.http',
      object: { apiVersion: 'v1', kind: 'A', name: 'm' },
      location: { line: 7, column: 3 },
      related: [{ location: { line: 5, column: 3 } }],
    });
    expect(readYaml(text).manifests[0]?.object.spec).toEqual({ http: 2, x: [{ http: 1 }] });
  });

  test('counts a duplicate once, however often an alias repeats it', () => {
    expect(readYaml('a: &a {b: 1, b: 2}\nc: *a\nd: *a\n').diagnostics).toHaveLength(1);
  });
});

describe('what is large', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(10)}]`).join('\n')}\n`;

  test.each([
    ['a YAML bomb', bomb, 'yaml/alias-bomb'],
    ['brackets without end', '['.repeat(100_000), 'yaml/too-deep'],
    ['closed brackets, very deep', `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, 'yaml/too-deep'],
    ['list items in list items', `${'- '.repeat(5000)}a\n`, 'yaml/too-deep'],
    ['JSON objects, very deep', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}\n`, 'yaml/too-deep'],
    [
      'aliases that nest deeper than the text',
      `x: 1\n${Array.from({ length: 40 }, (_, i) => `a${i}: &a${i} ${'['.repeat(30)}${i ? `*a${i - 1}` : 'x'}${']'.repeat(30)}`).join('\n')}\n`,
      'yaml/too-deep',
    ],
  ])('%s is refused in short time', (_, text, code) => {
    const start = process.cpuUsage();
    expect(only(text).code).toBe(code);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  test('a line of 10 MB is read, quoted or not, and a mistake behind it is found', () => {
    const long = 'x'.repeat(10_000_000);
    for (const text of [`a: ${long}\n`, `{"a": "${long}"}`]) {
      expect(readYaml(text).manifests.map(({ object }) => object.a === long)).toEqual([true]);
    }
    expect(finding(`a: ${long}\nb: c: d\n`)).toBe('yaml/syntax 2:5');
  });

  test('nesting that people use is no problem', () => {
    const text = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`;
    expect(readYaml(text).manifests[0]?.object).toEqual(JSON.parse(text));
  });
});

describe('keys', () => {
  test('named like members of every object are keys like all others', () => {
    const { manifests } = readYaml('__proto__: {polluted: true}\nconstructor: 1\ntoString: 2\n');
    const object = manifests[0]?.object as Record<string, unknown>;
    expect(Object.keys(object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(object.polluted).toBeUndefined();
  });

  test('come in by merge keys, and may be written anew below them', () => {
    const { manifests, diagnostics } = readYaml('base: &b {x: 1, w: 1}\nuse:\n  <<: *b\n  w: 2\nboth:\n  <<: [{z: 1}, {z: 2, w: 3}]\n');
    expect(diagnostics).toEqual([]);
    expect(manifests[0]?.object).toMatchObject({ use: { x: 1, w: 2 }, both: { z: 1, w: 3 } });
  });
});

describe('for any input', () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { minKeys: 1 });
  /** Lists fall apart into their items, and the writer forgets to quote `<<` and some texts that are numbers to kubectl, such as `0O17` and `1__0`. */
  const kept = json.filter((value) => !String(value.kind).endsWith('List') && !/"(?:<<"|[-+.]*\d)/.test(JSON.stringify(value)));
  const same = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const options = { version: '1.1', aliasDuplicateObjects: false, lineWidth: 80 } as const;

  test('an object that was written as YAML reads back equal', () => {
    fc.assert(
      fc.property(kept, (object) => {
        const { manifests, diagnostics } = readYaml(stringify(object, options));
        expect(diagnostics).toEqual([]);
        expect(manifests.map((manifest) => same(manifest.object))).toEqual([same(object)]);
      }),
      { numRuns: 1000 },
    );
  });

  test('an object that was written as JSON reads back equal, indented or not', () => {
    fc.assert(
      fc.property(kept, fc.constantFrom(undefined, 2, '\t'), (object, indent) => {
        const { manifests, diagnostics } = readYaml(JSON.stringify(object, undefined, indent));
        expect(diagnostics).toEqual([]);
        expect(manifests.map((manifest) => same(manifest.object))).toEqual([same(object)]);
      }),
      { numRuns: 500 },
    );
  });

  const yamlish = fc.array(
    fc.constantFrom(...'[]{}:,-#&*!|>\'"%@`?~<\\ \t\n\r', '  ', '\n  ', '- ', ': ', 'a', 'b: ', '&a ', '*a', '<<: ', '---\n', '...\n', '1', '!!int ', '\ufeff'),
    {
      maxLength: 60,
    },
  );

  test.each([
    ['bytes', fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('utf8'))],
    ['characters', fc.string({ unit: 'binary', maxLength: 200 })],
    ['pieces of YAML', yamlish.map((pieces) => pieces.join(''))],
  ])('%s never make it throw, and every place lies in the text', (_, input) => {
    fc.assert(
      fc.property(input, (text) => {
        const { manifests, diagnostics } = readYaml(text);
        const lines = text.split('\n');
        const places = [
          ...diagnostics.flatMap(({ location, related = [] }) => [location, ...related.map((other) => other.location)]),
          ...manifests.flatMap(({ object, origin }) => [origin.location, ...Object.keys(object).map((key) => origin.locate?.(key))]),
        ];
        for (const place of places) {
          expect(place?.line).toBeGreaterThanOrEqual(1);
          expect(place?.line).toBeLessThanOrEqual(lines.length);
          expect(place?.column).toBeLessThanOrEqual((lines[(place?.line ?? 0) - 1] as string).length + 1);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
