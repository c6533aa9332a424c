import * as fs from 'node:fs';
import * as path from 'node:path';
import { readYaml } from '../../src/manifest/yaml';

/**
 * What sigs.k8s.io/yaml 1.6.0 makes of each text, cut into documents by k8s.io/apimachinery 0.36.1: the pair through which kubectl reads. `error` is a
 * document that it refuses, `strict` one whose keys stand twice.
 */
interface Reading {
  readonly text: string;
  readonly documents: readonly { readonly json?: unknown; readonly error?: string; readonly strict?: string }[];
}

const readings: readonly Reading[] = JSON.parse(fs.readFileSync(path.join(__dirname, 'fixtures/kubectl-readings.json'), 'utf8'));

/** Where this reader knowingly says something else, and why. */
const differences = new Map<string, string>([
  ['a: &x {k: 1, z: 3}\nb:\n  <<: *x\n  k: 2\n', 'overriding a merged key is what merge keys are for; kubectl reads it without complaint'],
  ['a: &x {k: 1, z: 3}\nb:\n  k: 2\n  <<: *x\n', 'a warning about the order stands for it'],
  ['base: &b {a: 1}\nother: &o {a: 2, c: 3}\nm:\n  <<: [*b, *o]\n  d: 4\n', 'of two merged mappings the first may win; kubectl reads it without complaint'],
  ['a: 1\n...\nb: 2\n', 'what kubectl ignores is read and warned about'],
  ['{"a":1}{"b":2}', 'kubectl reads a stream of JSON objects with another decoder'],
  ['1: a\n"1": b\n', 'the keys are equal in JSON, and kubectl keeps one of them at random'],
  ['a: "x"#c\n', 'refused, as every YAML 1.2 parser does'],
  ['a: \u2028b\n', 'YAML 1.2 takes this line separator for text'],
  ['a: x\u0085y\n', 'YAML 1.2 takes this line separator for text'],
  ['a: "\\ud83d\\ude00"\n', 'JSON writes characters this way'],
  ['a: "\\/"\n', 'JSON writes slashes this way'],
  ['a: [?b]\n', 'YAML 1.2 takes ?b for text'],
  ['a: 1\n---\n...\n---\nb: 1\n', 'an empty document harms nobody'],
]);

function readByKubectl({ documents }: Reading): unknown {
  const values = documents.flatMap(({ json }) => (json === undefined || json === null ? [] : [json]));
  const objects = values.filter((value) => typeof value === 'object' && !Array.isArray(value)) as { kind?: string; items?: unknown[] }[];
  return {
    refused: documents.some(({ error }) => error !== undefined),
    keysTwice: documents.some(({ strict }) => strict !== undefined),
    warned: false,
    others: values.length - objects.length,
    objects: objects.flatMap((object) => (object.kind === 'List' ? object.items : [object])),
  };
}

function readHere({ text }: Reading): unknown {
  const { manifests, diagnostics } = readYaml(text);
  const count = (...codes: string[]): number => diagnostics.filter(({ code }) => codes.includes(code)).length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const keysTwice = count('yaml/duplicate-key');
  const others = count('yaml/not-an-object');
  return {
    refused: diagnostics.length > keysTwice + others + warnings,
    keysTwice: keysTwice > 0,
    warned: warnings > 0,
    others,
    objects: manifests.map(({ object }) => object),
  };
}

const agreed = readings.filter(({ text }) => !differences.has(text));
const differing = readings.filter(({ text }) => differences.has(text));

test('the recorded readings are many, and every known difference is one of them', () => {
  expect(agreed.length).toBeGreaterThan(250);
  expect(differing).toHaveLength(differences.size);
});

test.each(agreed.map((reading) => [JSON.stringify(reading.text), reading] as const))('%s is read as kubectl reads it', (_, reading) => {
  expect(readHere(reading)).toEqual(readByKubectl(reading));
});

test.each(differing.map((reading) => [JSON.stringify(reading.text), differences.get(reading.text), reading] as const))('%s is not: %s', (_, __, reading) => {
  expect(readHere(reading)).not.toEqual(readByKubectl(reading));
});
