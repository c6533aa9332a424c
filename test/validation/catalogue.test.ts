import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue, findRule } from '../../src/validation';
import { ruleTables } from '../../src/validation/rules';
import { findingsOfExample, folder, ruleFiles } from '../../tools/rules';

const rules = [...catalogue.values()];
const source = resolve(__dirname, '../../src');

/** About schemas that Istio does not have, and about options: tested where they are made. */
const withoutObject = new Set(['schema/cel', 'schema/cel-error', 'schema/combination', 'metadata/no-namespace', 'suppression/unused', 'construct/unwritable']);

test('every table of rules is in the catalogue', () => {
  const tables = readdirSync(join(source, 'validation/rules')).filter((file) =>
    /ruleTable\(/.test(readFileSync(join(source, 'validation/rules', file), 'utf8')),
  );
  expect(tables.length).toBe(ruleTables.length);
  expect(rules.length).toBeGreaterThan(100);
});

test('no code stands for two rules', () => {
  const codes = ruleTables.flatMap((table) => Object.values(table)).map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('every code that reading YAML can report has a rule', () => {
  const files = readdirSync(join(source, 'manifest')).map((file) => readFileSync(join(source, 'manifest', file), 'utf8'));
  const codes = new Set(files.flatMap((text) => [...text.matchAll(/'(yaml\/[a-z-]+)'/g)].map(([, code]) => code as string)));
  expect([...codes].sort()).toEqual(rules.map(({ code }) => code).filter((code) => code.startsWith('yaml/')));
});

test('a rule is found by its code', () => {
  expect(findRule('schema/type')?.title).toBe('A value has the wrong type.');
  expect(findRule('no/such-rule')).toBeUndefined();
});

test.each(rules.map((rule) => [rule.code, rule] as const))('%s says what is wrong, what it does and what to do, with examples that show it', (code, rule) => {
  for (const text of [rule.title, rule.effect, rule.fix, rule.bad, rule.good]) expect(text.trim()).not.toBe('');
  expect(rule.title).toMatch(/^\S.*\.$/s);
  expect(rule.effect).toMatch(/\.\)?$/);
  expect(rule.fix).not.toMatch(/\.$/);
  if (withoutObject.has(code)) return;
  expect(findingsOfExample(rule.bad).map((finding) => finding.code)).toContain(code);
  expect(findingsOfExample(rule.good).filter((finding) => finding.code === code || finding.severity === 'error')).toEqual([]);
});

test('the pages in docs/rules are those of the catalogue (npx tsx tools/rules.ts writes them)', () => {
  const committed = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = new Map(
    committed.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
  const expected = ruleFiles();
  expect([...texts.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [path, text] of expected) expect([path, texts.get(path)]).toEqual([path, text]);
});
