import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Diagnostic } from '../manifest/diagnostic';
import type { Manifest } from '../manifest/manifest';
import { readDocuments, readYaml } from '../manifest/yaml';
import type { MeshFacts } from '../mesh/facts';
import { formatIdentity } from '../render';
import { Mesh, outcomeJson, story, type TrafficRequest } from '../simulation';
import { Failure } from './failure';
import { readInputs } from './input';

interface Flags {
  readonly from: string;
  readonly to: string;
  readonly via?: string;
  readonly method?: string;
  readonly header: Readonly<Record<string, string | readonly string[]>>;
  readonly data?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly facts?: string;
  readonly format: 'pretty' | 'json';
}

/** `cdk8s-istio explain --from WORKLOAD --to URL PATH...`: what a request would meet, decision by decision. */
export function addExplain(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('explain')
    .description('tell what a request would meet: host, route, destination, mTLS, policies, answer')
    .argument('<paths...>', 'the manifests of the mesh: files, folders, or - for the standard input')
    .requiredOption('--from <workload>', 'who asks: a workload or Service, with its namespace as productpage.bookinfo, or outside')
    .requiredOption('--to <url>', 'what is asked: http://, https://, tcp:// or tls://, a host, a port, a path')
    .option('--via <gateway>', 'from outside: the gateway workload that is asked (default: the one that serves the host)')
    .option('-X, --method <method>', 'the method (default: GET)')
    .addOption(new Option('-H, --header <header>', "a header, as 'name: value'; may be given several times").argParser(collectHeader).default({}, 'none'))
    .option('-d, --data <body>', 'the body')
    .option('--claims <json>', 'the payload of a token that counts as verified', asObject)
    .option('--facts <file>', 'YAML or JSON with what the manifests do not say: mesh, services, workloads, external, secrets')
    .addOption(new Option('--format <format>', 'how to print the answer').choices(['pretty', 'json']).default('pretty'))
    .action((paths: string[], flags: Flags) => finish(explain(paths, flags)));
}

function explain(paths: readonly string[], flags: Flags): number {
  const manifests = readManifests(paths);
  const facts = flags.facts === undefined ? {} : readFacts(flags.facts);
  const mesh = attempt(() => Mesh.of(manifests, facts));
  const { from, to, via, method, header, data, claims } = flags;
  const request: TrafficRequest = {
    from,
    to,
    headers: header,
    ...(via === undefined ? {} : { via }),
    ...(method === undefined ? {} : { method }),
    ...(data === undefined ? {} : { body: data }),
    ...(claims === undefined ? {} : { claims }),
  };
  const outcome = attempt(() => mesh.request(request));
  for (const line of refusals(mesh.rejected)) process.stderr.write(`${line}\n`);
  process.stdout.write(
    flags.format === 'json'
      ? `${JSON.stringify({ ...outcomeJson(outcome), rejected: mesh.rejected, warnings: mesh.warnings }, null, 2)}\n`
      : `${story(outcome)}\n`,
  );
  return 0;
}

/** One line for each object that a cluster would refuse and that therefore takes no part. */
function refusals(rejected: readonly Diagnostic[]): string[] {
  const objects = new Set(rejected.map(({ object }) => (object === undefined ? 'an object' : formatIdentity(object))));
  return [...objects].map((object) => `${object} takes no part: a cluster would refuse it (cdk8s-istio check says why)`);
}

function readManifests(paths: readonly string[]): Manifest[] {
  return [...readInputs(paths)].flatMap(({ name, text, walked }) => {
    const { manifests, diagnostics } = readYaml(text, name);
    const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
    // What lies in a folder beside the manifests, such as the values of a chart, is no part of the mesh.
    if (problem !== undefined && !walked) throw new Failure(`${name}:${problem.location?.line ?? 1}: ${problem.message}`);
    return walked ? manifests.filter(({ object }) => 'apiVersion' in object && 'kind' in object) : manifests;
  });
}

function readFacts(file: string): MeshFacts {
  const [input] = readInputs([file]);
  const { documents, diagnostics } = readDocuments(input?.text ?? '', file);
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Failure(`${file}:${problem.location?.line ?? 1}: ${problem.message}`);
  const [facts, ...others] = documents.map(({ value }) => value).filter((value) => value != null);
  const wanted = 'facts are one mapping, with fields such as mesh, services, workloads, external, secrets';
  if (facts === undefined) throw new Failure(`${file} is empty; ${wanted}`);
  if (others.length > 0) throw new Failure(`${file} holds ${others.length + 1} documents; ${wanted}`);
  if (typeof facts !== 'object' || Array.isArray(facts)) throw new Failure(`${file} holds ${Array.isArray(facts) ? 'a list' : 'a single value'}; ${wanted}`);
  return facts as MeshFacts;
}

/** What the mesh cannot make sense of is the user's: a workload that is not there, an URL that is none. */
function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new Failure(error.message);
    throw error;
  }
}

function collectHeader(text: string, headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | readonly string[]> {
  const [, name, value = ''] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("write 'name: value'.");
  const before = headers[name];
  return { ...headers, [name]: before === undefined ? value : [before, value].flat() };
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('write a JSON object such as {"iss": "https://issuer.example.com", "sub": "anna"}.');
}
