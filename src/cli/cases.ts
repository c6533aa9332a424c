import type { Manifest } from '../manifest/manifest';
import { type CaseProblem, type CaseRun, holdsTests, ManifestFiles, readCases, runCase, type WrittenCase } from '../simulation/case';
import { Failure } from './failure';
import { readInputs } from './input';

/** A test that was run. */
export interface RunCase {
  readonly written: WrittenCase;
  readonly run: CaseRun;
  readonly milliseconds: number;
}

/** What is run of the tests that are there, and how. */
export interface RunOptions {
  /** @default - all */
  readonly isWanted?: (name: string) => boolean;
  /** Whether it is counted what the calls meet. @default - false */
  readonly countCoverage?: boolean;
}

/** Reads the tests of files and runs them one after another. Throws a Failure when a file cannot be read as tests; everything that is wrong is said on stderr before. */
export function* runFiles(paths: readonly string[], { isWanted = () => true, countCoverage = false }: RunOptions = {}): Generator<RunCase> {
  const prepared = prepare(paths);
  for (const { written, manifests } of prepared) {
    if (!isWanted(written.test.name)) continue;
    const start = performance.now();
    const run = runCase(written.test, manifests, { countCoverage });
    yield { written, run, milliseconds: performance.now() - start };
  }
}

function prepare(paths: readonly string[]): { readonly written: WrittenCase; readonly manifests: readonly Manifest[] }[] {
  const problems: CaseProblem[] = [];
  const passedOver: string[] = [];
  const files = new ManifestFiles();
  const prepared = [...readInputs(paths)].flatMap(({ name, text, walked }) => {
    const read = readCases(text, name);
    // In a folder, tests may lie beside the manifests that they are about.
    if (walked && read.cases.length === 0 && !holdsTests(text, name)) {
      passedOver.push(name);
      return [];
    }
    problems.push(...read.problems);
    return read.cases.map((written) => ({ written, manifests: [...files.manifestsOf(written, problems), ...written.manifests] }));
  });
  for (const { location, message, severity } of problems) {
    const column = location.column === undefined ? '' : `:${location.column}`;
    process.stderr.write(`${location.file}:${location.line}${column}: ${severity === 'warning' ? 'warning: ' : ''}${message}\n`);
  }
  if (passedOver.length > 0) process.stderr.write(`${passedOverText(passedOver)}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) throw new Failure(`no test was run, because of ${errors === 1 ? 'a mistake' : `${errors} mistakes`} in the files`);
  if (prepared.length === 0) throw new Failure(`${paths.join(', ')}: no test is there`);
  return prepared;
}

/** One line, however many files there are. */
function passedOverText(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return `passed over, as no test is in ${names.length === 1 ? 'it' : 'them'}: ${shown}${names.length > 3 ? ` and ${names.length - 3} more files` : ''}`;
}
