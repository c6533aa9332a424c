import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import * as typescript from 'typescript-5.9';
import packageJson from '../package.json';

const repository = resolve(__dirname, '..');

/** Whom each room may ask, as docs/architecture.md draws it. A room may also ask whomever those may ask. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  imports: [],
  manifest: [],
  schema: ['manifest', 'imports'],
  validation: ['schema', 'manifest'],
  mesh: ['manifest'],
  analysis: ['mesh', 'validation'],
  simulation: ['mesh', 'validation'],
  render: ['manifest'],
  constructs: ['validation', 'analysis', 'render'],
  patterns: ['constructs'],
  scenarios: ['patterns', 'constructs'],
  testing: ['simulation', 'constructs'],
  plugin: ['analysis', 'render'],
  cli: ['manifest', 'schema', 'validation', 'mesh', 'analysis', 'simulation', 'render', 'constructs', 'patterns', 'scenarios', 'testing', 'plugin'],
  // The files that stand in src/ itself: the root entry and the app of this repository.
  root: ['constructs', 'patterns', 'scenarios'],
  generator: ['manifest'],
  // The programs that write pages and compare with recordings.
  tools: ['simulation', 'constructs', 'scenarios'],
};

/** The rooms that run in a browser and on plain YAML. */
const withoutCdk8s = ['imports', 'manifest', 'schema', 'validation', 'mesh', 'analysis', 'simulation', 'render'];

/** Test frameworks whose types a room adds to, where they are installed. Nothing of them is loaded. */
const extended: Readonly<Record<string, readonly string[]>> = { testing: ['expect', 'vitest'] };

/** Packages that only some rooms may use, so that nobody loads them for nothing. */
const reserved: Readonly<Record<string, readonly string[]>> = {
  commander: ['cli'],
  picocolors: ['cli', 'render'],
  'cdk8s-plus-27': ['scenarios'],
};

interface SourceFile {
  /** Relative to the root of the repository, with forward slashes. */
  readonly path: string;
  readonly room: string;
  /** The files of this repository that it imports, as paths. */
  readonly files: readonly string[];
  /** The packages that it imports. Modules of Node are left out. */
  readonly packages: readonly string[];
}

const sources = ['src', 'imports', 'tools'].flatMap(sourceFiles);
const byPath = new Map(sources.map((source) => [source.path, source]));

test('there is something to look at', () => {
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.flatMap(({ files }) => files).length).toBeGreaterThan(10);
});

test('every folder is a room that the architecture knows', () => {
  expect(sources.filter(({ room }) => !(room in arrows)).map(({ path }) => path)).toEqual([]);
});

test('a room asks only whom the architecture lets it ask', () => {
  const offences = sources.flatMap(({ path, room, files }) => {
    const allowed = reachable(room);
    return files.filter((file) => !allowed.has(roomOf(file))).map((file) => `${path} imports ${file}`);
  });
  expect(offences).toEqual([]);
});

test('every import of a file names a file that exists', () => {
  expect(sources.flatMap(({ path, files }) => files.filter((file) => !byPath.has(file)).map((file) => `${path} imports ${file}`))).toEqual([]);
});

test('no file imports itself through others', () => {
  expect(cycles()).toEqual([]);
});

test('nothing below the constructs knows cdk8s', () => {
  const offences = sources.filter(({ room, packages }) => withoutCdk8s.includes(room) && packages.some((name) => /^(cdk8s|constructs)/.test(name)));
  expect(offences.map(({ path }) => path)).toEqual([]);
});

test('the library uses only packages that its users install with it', () => {
  const declared = [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.peerDependencies)];
  const library = sources.filter(({ room }) => room !== 'generator');
  const offences = library.flatMap(({ path, room, packages }) =>
    packages.filter((name) => !declared.includes(name) && extended[room]?.includes(name) !== true).map((name) => `${path} imports ${name}`),
  );
  expect(offences).toEqual([]);
});

test('a package that only some rooms need is loaded by no other', () => {
  const offences = sources.flatMap(({ path, room, packages }) =>
    packages.filter((name) => reserved[name]?.includes(room) === false).map((name) => `${path} imports ${name}`),
  );
  expect(offences).toEqual([]);
});

/** The room itself and every room that its arrows lead to. */
function reachable(room: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(room)) return found;
  found.add(room);
  for (const next of arrows[room] ?? []) reachable(next, found);
  return found;
}

/** Each cycle once, as the path that leads back to where it started. */
function cycles(): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    else if (!done.has(path)) for (const next of byPath.get(path)?.files ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

function sourceFiles(folder: string): SourceFile[] {
  const entries = readdirSync(join(repository, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map((entry) => sourceFile(join(entry.parentPath, entry.name)));
}

function sourceFile(absolute: string): SourceFile {
  const path = toPath(absolute);
  const imported = typescript.preProcessFile(readFileSync(absolute, 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);
  const relatives = imported.filter((name) => name.startsWith('.'));
  const bare = imported.filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name));
  return {
    path,
    room: roomOf(path),
    files: relatives.filter((name) => !name.endsWith('.json')).map((name) => toPath(resolveFile(resolve(dirname(absolute), name)))),
    packages: [...new Set(bare.map(packageName))],
  };
}

/** The file that a relative import means, as Node finds it. */
function resolveFile(target: string): string {
  const isFolder = existsSync(target) && statSync(target).isDirectory() && !existsSync(`${target}.ts`);
  return isFolder ? join(target, 'index.ts') : `${target}.ts`;
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** `src/mesh/host.ts` belongs to `mesh`, `imports/networking.istio.io.ts` to `imports`, `tools/generator/load.ts` to `generator`, `src/index.ts` to `root`, `tools/rules.ts` to `tools`. */
function roomOf(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top === 'imports') return 'imports';
  if (rest.length > 0) return second;
  return top === 'tools' ? 'tools' : 'root';
}

function toPath(absolute: string): string {
  return relative(repository, absolute).split(sep).join('/');
}
