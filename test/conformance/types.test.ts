import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kinds } from '../../imports';
import { readYaml } from '../../src/manifest/yaml';
import { TypeProject } from '../types/project';

const corpora = resolve(__dirname, '../../../shared/corpora');
const isThere = existsSync(corpora);
if (!isThere) console.log('types against the corpora: skipped, ../shared is not there');

interface SchemaError {
  readonly stage: string;
  readonly type: string;
  readonly field: string;
}

/** A labelled document, see the README of the corpora. */
interface Row {
  readonly id: string;
  readonly yaml: string;
  readonly class?: string;
  readonly verdicts: {
    readonly strictVerdict: 'accept' | 'reject';
    readonly unknownFields?: readonly string[];
    readonly schema?: { readonly errors: readonly SchemaError[] };
    readonly webhook?: { readonly warnings?: readonly string[] };
  };
}

/** What one document came to. */
interface Outcome {
  readonly row: Row;
  /** What the compiler says; undefined when it compiles. */
  readonly refusal: string | undefined;
}

type PlainObject = Record<string, unknown>;
const isObject = (value: unknown): value is PlainObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const kindNames = Object.values(kinds).map(({ kind }) => kind);

/** The statement that makes the construct of a document; undefined for what no props can say: another kind, or a spec that is no object. */
function statement({ yaml }: Row): string | undefined {
  const object = readYaml(yaml).manifests[0]?.object as PlainObject | undefined;
  if (!object || !kindNames.includes(object.kind as string)) return undefined;
  const spec = object.spec ?? {};
  if (!isObject(spec)) return undefined;
  // The only field of a spec that has the name of a prop.
  const fields = Object.fromEntries(Object.entries(spec).map(([name, value]) => [name === 'metadata' ? 'workloadMetadata' : name, value]));
  return `new ${object.kind}(chart, 'id', ${JSON.stringify({ ...fields, metadata: object.metadata ?? {}, apiVersion: object.apiVersion })});`;
}

/** Compiles all documents of a file at once, one on each line. */
function compileAll(file: string): Outcome[] {
  const rows = readFileSync(join(corpora, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const written = rows.flatMap((row) => {
    const text = statement(row);
    return text === undefined ? [] : [{ row, text }];
  });
  const header = `import { Chart, Testing } from 'cdk8s'; import { ${kindNames.join(', ')} } from 'cdk8s-istio'; const chart = new Chart(Testing.app(), 'chart');`;
  const project = new TypeProject().withPackage();
  project.write('programs/documents.ts', [header, ...written.map(({ text }) => text)].join('\n'));
  const refusals = new Map(project.compile('typescript').map(({ line, text }) => [line, text]));
  project.remove();
  return written.map(({ row }, index) => ({ row, refusal: refusals.get(index + 2) }));
}

const hasWarnings = ({ verdicts }: Row) => (verdicts.webhook?.warnings ?? []).length > 0;
const isAccepted = ({ verdicts }: Row) => verdicts.strictVerdict === 'accept';

/** The mistakes below `spec` that are one of structure: a compiler can be asked to see them. */
function structuralMistakes({ verdicts }: Row): { readonly what: string; readonly field: string }[] {
  const unknown = (verdicts.unknownFields ?? []).filter((field) => field.startsWith('spec.')).map((field) => ({ what: 'unknown', field }));
  const errors = (verdicts.schema?.errors ?? [])
    .filter(({ stage, type, field }) => stage === 'structural' && /Required|NotSupported|TypeInvalid/.test(type) && field.startsWith('spec.'))
    .map(({ type, field }) => ({ what: type, field }));
  return [...unknown, ...errors];
}

/** What a type of TypeScript cannot say, by reason. */
const exceptions: { readonly [reason: string]: (mistake: { readonly what: string; readonly field: string }, yaml: string) => boolean } = {
  'a whole number has the type of any number': ({ what, field }, yaml) =>
    what === 'FieldValueTypeInvalid' && new RegExp(`\\b${/\w+$/.exec(field)?.[0]}: -?\\d+\\.\\d+\\b`).test(yaml),
  'text in base64 has the type of any text': ({ what, field }) => what === 'FieldValueTypeInvalid' && field.endsWith('.bytes'),
};
const exceptionOf = (row: Row): string | undefined =>
  Object.keys(exceptions).find((reason) => structuralMistakes(row).every((mistake) => exceptions[reason]?.(mistake, row.yaml)));

const name = ({ row }: Outcome) => `${row.id} ${row.class ?? ''}`.trim();

(isThere ? describe : describe.skip).each([['documents.jsonl', true] as const, ['mutants.jsonl', false] as const])('the types and %s', (file, isPublic) => {
  let outcomes: readonly Outcome[];
  const refused = (some: readonly Outcome[]) => some.filter(({ refusal }) => refusal !== undefined);
  const compiled = (some: readonly Outcome[]) => some.filter(({ refusal }) => refusal === undefined);
  const accepted = () => outcomes.filter(({ row }) => isAccepted(row));
  const wrong = () => outcomes.filter(({ row }) => !isAccepted(row) && structuralMistakes(row).length > 0);
  beforeAll(() => {
    outcomes = isThere ? compileAll(file) : [];
  }, 120_000);

  test('there are documents of both sorts', () => {
    expect(accepted().length).toBeGreaterThan(500);
    expect(wrong().length).toBeGreaterThan(50);
  });

  test('every document that a cluster accepts compiles, warnings or not', () => {
    const harmless = accepted().filter(({ row }) => !hasWarnings(row));
    console.log(`${file}: ${compiled(harmless).length} of ${harmless.length} documents that a cluster accepts without a warning compile`);
    expect(refused(accepted()).map((outcome) => `${name(outcome)}: ${outcome.refusal}`)).toEqual([]);
  });

  test('every document with a mistake of structure is refused, except for what no type can say', () => {
    const missed = compiled(wrong());
    const reasons = missed.map(({ row }) => exceptionOf(row));
    const counts = Object.keys(exceptions).map((reason) => `${reasons.filter((other) => other === reason).length} because ${reason}`);
    console.log(
      `${file}: ${refused(wrong()).length} of ${wrong().length} documents with unknown fields or wrong structure below spec are refused; missed: ${counts.join(', ')}`,
    );
    expect(missed.filter(({ row }) => exceptionOf(row) === undefined).map(name)).toEqual([]);
    if (isPublic) expect(missed.map(name)).toEqual([]);
  });

  test('of what a cluster refuses for other reasons, the compiler refuses some as well', () => {
    const others = outcomes.filter(({ row }) => !isAccepted(row) && structuralMistakes(row).length === 0);
    console.log(`${file}: ${refused(others).length} of ${others.length} documents that a cluster refuses for other reasons are refused by a type`);
    expect(refused(others).length).toBeGreaterThan(50);
  });
});
