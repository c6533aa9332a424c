import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/validation/catalogue';
import { findingsOfYaml } from './istiod';

/**
 * What each rule of istiod finds in its own wrong example, recorded: the record is what notices that a rule was turned off. After a change on purpose run this
 * test with RECORD=1 and read the difference.
 */
const file = join(__dirname, 'fixtures', 'rule-examples.json');
const rules = [...catalogue.values()].filter(({ code, istiod }) => istiod !== undefined || code.startsWith('decode/'));
const inExample = (yaml: string, without?: string) => findingsOfYaml(yaml, without).map(({ code, path }) => `${code} ${path}`);

if (process.env.RECORD === '1') {
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(rules.map(({ code, bad }) => [code, inExample(bad)])), undefined, 2)}\n`);
}
const recorded: { [code: string]: string[] } = JSON.parse(readFileSync(file, 'utf8'));

test('the record is about the rules that exist', () => {
  expect(Object.keys(recorded)).toEqual(rules.map(({ code }) => code));
});

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, { bad, good }) => {
  test('is found in its wrong example, among what is recorded for it', () => {
    expect(inExample(bad)).toEqual(recorded[code]);
    expect(recorded[code]?.some((finding) => finding.startsWith(`${code} `))).toBe(true);
  });

  test('is not found in its right example', () => {
    expect(inExample(good).filter((finding) => finding.startsWith(`${code} `))).toEqual([]);
  });

  test('is missed when it is turned off', () => {
    expect(inExample(bad, code)).not.toEqual(recorded[code]);
  });
});
