import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { contents, definition, file, generate, scratch, version } from './definitions';

let folder: string;
let out: string;
beforeEach(() => {
  folder = scratch();
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true }));

const withSpec = (spec: object): string => definition({ versions: [version(spec)] });

describe('is refused in one line, and nothing is written:', () => {
  const cases: { what: string; text: string; says: string }[] = [
    { what: 'a file that is no YAML', text: 'a: [', says: 'is no YAML' },
    { what: 'an empty file', text: '', says: 'holds 0 object(s), none of them a CustomResourceDefinition' },
    { what: 'a file of other objects', text: 'kind: Service\n---\nkind: Pod\n', says: 'holds 2 object(s), none of them a CustomResourceDefinition' },
    { what: 'a definition without a group', text: definition().replace('"group"', '"grop"'), says: 'lacks spec.group' },
    { what: 'a definition that serves no version', text: definition().replace('"served":true', '"served":false'), says: 'Teapot has no served version' },
    { what: 'a version without a schema', text: definition({ versions: [{ name: 'v1', served: true }] }), says: 'Teapot v1 has no openAPIV3Schema' },
    { what: 'a kind twice', text: `${definition()}\n---\n${definition()}`, says: 'example.com/Teapot is already defined by' },
    { what: 'a $ref', text: withSpec({ $ref: '#/definitions/Pot' }), says: 'Teapot v1.spec: $ref is not allowed in a structural schema' },
    {
      what: 'a keyword that nobody knows',
      text: withSpec({ type: 'object', properties: { lid: { type: 'string', unevaluatedItems: false } } }),
      says: 'Teapot v1.spec.lid: the schema keyword "unevaluatedItems" is not understood',
    },
    { what: 'a type that nobody knows', text: withSpec({ type: 'null' }), says: 'the type "null" is not understood' },
    { what: 'several schemas of items', text: withSpec({ type: 'array', items: [{ type: 'string' }] }), says: 'items must be one schema' },
    { what: 'a field without a schema', text: withSpec({ type: 'object', properties: { lid: true } }), says: 'Teapot v1.spec.lid: is no schema' },
    {
      what: 'a rule without expression',
      text: withSpec({ type: 'object', 'x-kubernetes-validations': [{ message: 'no' }] }),
      says: 'a validation rule lacks its expression',
    },
    {
      what: 'a rule with a keyword that nobody knows',
      text: withSpec({ type: 'object', 'x-kubernetes-validations': [{ rule: 'true', severity: 'low' }] }),
      says: 'the rule keyword "severity" is not understood',
    },
  ];

  test.each(cases)('$what', ({ text, says }) => {
    const input = file(folder, 'input.yaml', text);
    const { code, said } = generate('--crds', input, '--facts', join(folder, 'facts'), '--out', out);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/^generate: .*\n$/) });
    expect(said).toContain(says);
    expect(said).toContain('input.yaml');
    expect(readdirSync(folder)).toEqual(['input.yaml']);
  });

  test('a file that is not there', () => {
    expect(generate('--crds', join(folder, 'nowhere.yaml'), '--out', out)).toEqual({
      code: 2,
      said: expect.stringContaining('nowhere.yaml: cannot be read (ENOENT)'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a kind in two files of one release', () => {
    const inputs = ['one.yaml', 'two.yaml'].map((name) => file(folder, name, definition()));
    const { code, said } = generate('--crds', ...inputs, '--out', out);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('two.yaml: example.com/Teapot is already defined by') });
    expect(readdirSync(folder)).toEqual(['one.yaml', 'two.yaml']);
  });

  test('facts that are none', () => {
    file(folder, 'index.json', '{');
    expect(generate('--facts', folder, '--out', out)).toEqual({ code: 2, said: expect.stringContaining('index.json: cannot be read as facts') });
    expect(readdirSync(folder)).toEqual(['index.json']);
  });

  test('an option that nobody knows', () => {
    expect(generate('--output', out)).toEqual({ code: 2, said: expect.stringMatching(/--output[\s\S]*usage:/) });
  });
});

describe('an output folder', () => {
  let input: string;
  beforeEach(() => {
    input = file(folder, 'input.yaml', definition());
  });

  test('that is a file is refused, and the facts are not written either', () => {
    file(folder, 'out', 'mine');
    const { code, said } = generate('--crds', input, '--facts', join(folder, 'facts'), '--out', out);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/^generate: cannot write to .*out.* \(E[A-Z]+\); nothing was changed\n$/) });
    expect(contents(folder)).toEqual({ 'input.yaml': expect.any(String), out: 'mine' });
    expect(readdirSync(folder)).toEqual(['input.yaml', 'out']);
  });

  test('below a file is refused', () => {
    file(folder, 'out', 'mine');
    expect(generate('--crds', input, '--out', join(out, 'deeper'))).toEqual({ code: 2, said: expect.stringContaining('nothing was changed') });
    expect(readdirSync(folder)).toEqual(['input.yaml', 'out']);
  });

  test('with a folder in the place of a file is refused as a whole', () => {
    mkdirSync(join(out, 'tables.ts'), { recursive: true });
    expect(generate('--crds', input, '--out', out)).toEqual({
      code: 2,
      said: expect.stringContaining('tables.ts: a folder is in the way; nothing was changed'),
    });
    expect(readdirSync(out)).toEqual(['tables.ts']);
  });

  test('with a file of the user in the place of one is refused as a whole', () => {
    mkdirSync(out);
    file(out, 'index.ts', 'export {};\n');
    expect(generate('--crds', input, '--out', out)).toEqual({ code: 2, said: expect.stringContaining('index.ts: a file that is not generated is in the way') });
    expect(contents(out)).toEqual({ 'index.ts': 'export {};\n' });
  });

  test('keeps the files of the user, and loses generated ones that are not made any more', () => {
    expect(generate('--crds', input, '--facts', out, '--out', out).code).toBe(0);
    file(out, 'mine.ts', 'export {};\n');
    file(out, 'mine.json', '{}');
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['example.com.ts', 'example.com.json']));
    const other = file(folder, 'other.yaml', definition({ group: 'example.org' }));
    expect(generate('--crds', other, '--facts', out, '--out', out).code).toBe(0);
    const names = readdirSync(out);
    expect(names).toEqual(expect.arrayContaining(['mine.ts', 'mine.json', 'example.org.ts', 'example.org.json', 'index.json']));
    expect(names.filter((name) => name.startsWith('example.com') || name.startsWith('.'))).toEqual([]);
  });
});
