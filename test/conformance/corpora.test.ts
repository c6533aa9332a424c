import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, validateYaml } from '../../src/validation';
import { type RulePlace, ruleFiles, withoutFinding } from '../../tools/rules';

/**
 * Labelled documents: what kube-apiserver and istiod themselves say about public manifests, mutants of them and documents written for one rule each. They lie
 * beside the repository, if anywhere.
 */
const shared = resolve(__dirname, '../../../shared');

interface Row {
  readonly id: string;
  readonly yaml: string;
  readonly class?: string;
  readonly rule?: string;
  readonly expect?: string;
  readonly verdicts: {
    readonly kind: string;
    readonly strictVerdict: 'accept' | 'reject';
    readonly schema?: { readonly ok: boolean; readonly errors: readonly { readonly field?: string }[] };
    readonly unknownFields: readonly string[];
    readonly webhook?: { readonly ok: boolean; readonly errors: readonly string[]; readonly warnings: readonly string[] };
  };
}

interface Judged {
  readonly row: Row;
  readonly found: readonly Diagnostic[];
}

const files = ['documents', 'mutants', 'rules'];
const isThere = files.every((file) => existsSync(resolve(shared, `corpora/${file}.jsonl`)));
if (!isThere) process.stderr.write('The labelled documents are not there, so nothing is compared with them.\n');
const whereThere = isThere ? describe : describe.skip;

const errorsOf = ({ found }: Judged): readonly Diagnostic[] => found.filter(({ severity }) => severity === 'error');

/** Entries of maps stand after a dot or in brackets. */
const normalized = (path: string): string => path.replace(/\[(?!\d+\])([^\]]*)\]/g, '.$1');
const contains = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
const onOneBranch = (one: string, other: string): boolean => contains(one, other) || contains(other, one);

whereThere('the labelled documents', () => {
  const judged = new Map<string, readonly Judged[]>();

  beforeAll(() => {
    for (const file of files) {
      const lines = readFileSync(resolve(shared, `corpora/${file}.jsonl`), 'utf8')
        .trim()
        .split('\n');
      judged.set(
        file,
        lines.map((line) => JSON.parse(line) as Row).map((row) => ({ row, found: validateYaml(row.yaml) })),
      );
    }
  });

  const all = (): readonly Judged[] => [...judged.values()].flat();
  const title = ({ row, found }: Judged): string =>
    `${row.verdicts.kind} ${row.id}: ${found.map(({ code, path }) => `${code} ${path}`).join(', ') || 'nothing'}`;

  test.each(files)('%s: an object is refused exactly when a cluster refuses it', (file) => {
    const rows = judged.get(file) ?? [];
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.filter((row) => errorsOf(row).length > 0 !== (row.row.verdicts.strictVerdict === 'reject')).map(title)).toEqual([]);
  });

  test('where the API server names a field below spec, or one that does not exist, so does an error', () => {
    const fieldsOf = ({ row: { verdicts } }: Judged): string[] => [
      ...(verdicts.schema?.errors ?? []).map(({ field = '' }) => field).filter((field) => /^spec[.[]/.test(field)),
      ...verdicts.unknownFields,
    ];
    const rows = all().filter((row) => fieldsOf(row).length > 0);
    const missed = rows.filter((row) => !fieldsOf(row).every((field) => errorsOf(row).some(({ path }) => onOneBranch(normalized(path), normalized(field)))));
    expect(rows.length).toBeGreaterThan(1000);
    expect(missed.map(title)).toEqual([]);
  });

  test('there are as many codes of warnings as istiod has warnings', () => {
    const missed = all().filter(({ row, found }) => {
      const codes = new Set(found.filter(({ severity }) => severity === 'warning').map(({ code }) => code));
      return codes.size !== new Set(row.verdicts.webhook?.warnings).size;
    });
    expect(missed.map(title)).toEqual([]);
  });

  test('what only istiod refuses has the code of the rule', () => {
    const index = JSON.parse(ruleFiles().get('index.json') as string) as { readonly [check: string]: readonly RulePlace[] };
    const rows = (judged.get('rules') ?? []).filter(
      ({ row: { verdicts, rule = '' } }) => verdicts.schema?.ok && verdicts.unknownFields.length === 0 && !verdicts.webhook?.ok && /\d$/.test(rule),
    );
    const missed = rows.filter((row) => !errorsOf(row).some(({ code }) => index[row.row.rule ?? '']?.some((place) => place.code === code)));
    expect(rows.length).toBeGreaterThan(100);
    expect(missed.map((row) => `${row.row.rule} ${title(row)}`)).toEqual([]);
  });

  test('every check of istiod that the reference numbers has a code', () => {
    const reference = readFileSync(resolve(shared, 'reference/istio-validation.md'), 'utf8')
      .split(/^## /m)
      .find((section) => section.startsWith('1. ')) as string;
    const checks = [...reference.matchAll(/^\| ([A-Z]+\d+) \|/gm)].map(([, check]) => check as string);
    const index = JSON.parse(ruleFiles().get('index.json') as string) as object;
    expect(checks.length).toBeGreaterThan(150);
    expect(checks.filter((check) => !(check in index) && !withoutFinding.includes(check))).toEqual([]);
  });

  test('the figures, by kind and by class', () => {
    const figures = (of: (judged: Judged) => string): string[] => {
      const rows = new Map<string, { agreed: number; total: number }>();
      for (const one of all()) {
        const figure = rows.get(of(one)) ?? { agreed: 0, total: 0 };
        figure.total += 1;
        figure.agreed += errorsOf(one).length > 0 === (one.row.verdicts.strictVerdict === 'reject') ? 1 : 0;
        rows.set(of(one), figure);
      }
      return [...rows].sort(([, one], [, other]) => other.total - one.total).map(([name, { agreed, total }]) => `  ${name}: ${agreed} of ${total}`);
    };
    const kinds = figures(({ row }) => row.verdicts.kind).slice(0, 15);
    const classes = figures(({ row }) => row.class ?? (row.rule === undefined ? 'documents' : 'rules'));
    process.stderr.write(`Agreement with the cluster by kind\n${kinds.join('\n')}\nand by class\n${classes.join('\n')}\n`);
    expect(kinds.length).toBe(15);
  });
});
