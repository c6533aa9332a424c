import type { Diagnostic } from '../../manifest/diagnostic';
import { identityOf, type Manifest } from '../../manifest/manifest';
import type { MeshFacts } from '../../mesh/facts';
import { validateManifests } from '../../validation/manifests';
import type { Coverage } from '../coverage';
import { Mesh } from '../mesh';
import type { Outcome } from '../outcome';
import type { TrafficRequest } from '../request';
import type { Series } from '../series';
import { type CallReport, type Met, reportOf } from './call-report';
import type { TrafficCall, TrafficCase } from './traffic-case';

/** An object that validation spoke of. */
export interface SpokenOf {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly error: string;
}

/** What came of one call. */
export interface CallRun {
  readonly call: TrafficCall;
  /** Of its first request. */
  readonly outcome: Outcome;
  readonly report: CallReport;
}

/** What came of a test. */
export interface CaseRun {
  readonly test: TrafficCase;
  readonly rejected: readonly SpokenOf[];
  readonly warnings: readonly SpokenOf[];
  /** What the answers leave out of account. */
  readonly notes: readonly string[];
  readonly calls: readonly CallRun[];
  /** Why the test could not be run. */
  readonly failed?: string;
  /** The field of the test that is to blame: `calls[2]`. */
  readonly failedAt?: string;
  /** What its calls have met, where that is counted. */
  readonly coverage?: Coverage;
}

/** Kinds that decide about traffic and that are not simulated. */
const notSimulated = /^gateway\.networking\.k8s\.io\//;

/**
 * Runs a test: builds its mesh and makes its calls. Unless it says otherwise, nothing outside of the lists of the test is known to DNS if it lists workloads, and only istiod
 * refuses objects if it names no files: so were the recordings made. What the API server would refuse besides is noted.
 *
 * @param manifests those of the test itself, and of the files that it names
 * @param countCoverage whether it is counted what the calls meet
 */
export function runCase(test: TrafficCase, manifests: readonly Manifest[], { countCoverage = false }: { readonly countCoverage?: boolean } = {}): CaseRun {
  const nothing: CaseRun = { test, rejected: [], warnings: [], notes: [], calls: [] };
  const stranger = manifests.map(({ object }) => identityOf(object)).find(({ apiVersion }) => notSimulated.test(apiVersion));
  if (stranger !== undefined) return { ...nothing, failed: `not simulated: ${stranger.kind}` };
  const mesh = Mesh.of(manifests, factsOf(test));
  const about = {
    ...nothing,
    rejected: byObject(mesh.rejected),
    warnings: byObject(mesh.warnings.filter(({ severity }) => severity === 'warning')),
    ...(countCoverage ? { coverage: mesh.coverage() } : {}),
  };
  const calls: CallRun[] = [];
  try {
    const series = mesh.series();
    for (const call of test.calls ?? []) {
      const met = make(call, series);
      calls.push({ call, outcome: (met[0] as Met).outcome, report: reportOf(met) });
    }
  } catch (error) {
    // A caller that the mesh does not have; everything else is a mistake of ours.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return { ...about, calls, failed: error.message, failedAt: `calls[${calls.length}]` };
  }
  return { ...about, calls, notes: [...refusedByApiServer(manifests, about.rejected), ...new Set(calls.flatMap(({ outcome }) => outcome.notes))] };
}

/** Sentences about objects that take part and that would not come past the API server. */
function refusedByApiServer(manifests: readonly Manifest[], rejected: readonly SpokenOf[]): string[] {
  const findings = validateManifests(manifests).filter(({ severity }) => severity === 'error');
  const known = new Set(rejected.map(keyOf));
  return byObject(findings)
    .filter((object) => !known.has(keyOf(object)))
    .map(({ kind, namespace, name, error }) => `${kind} ${namespace}/${name} takes part, and the API server of a cluster would refuse it: ${error}`);
}

function keyOf({ kind, namespace, name }: Omit<SpokenOf, 'error'>): string {
  return `${kind}/${namespace}/${name}`;
}

/** Makes the requests of a call, one after another for as long as proxies remember something from one to the next. */
function make(call: TrafficCall, series: Series): readonly Met[] {
  const { count, waitMs } = call;
  const request = requestOf(call);
  const met: Met[] = [];
  if (waitMs != null) series.wait(waitMs);
  for (let left = count ?? 1; left > 0; ) {
    const outcome = series.request(request);
    const times = series.remembers && !isOneConnection(call, outcome) ? 1 : left;
    met.push({ outcome, times });
    left -= times;
  }
  return met;
}

/** Whether the requests of a call follow one another on one connection of the caller's own, at whose other end somebody answers. */
function isOneConnection({ keepAlive }: TrafficCall, { likeliest: { entry, result } }: Outcome): boolean {
  return keepAlive !== false && entry === undefined && result.status !== null;
}

function factsOf({
  mesh,
  services,
  workloads,
  external,
  secrets,
  files,
  namespaces,
  documentOrder,
  env,
  dns,
  validation,
  topology,
  manifests,
}: TrafficCase): MeshFacts {
  const facts = { mesh, services, workloads, external, secrets, files, namespaces, documentOrder, env };
  return {
    ...(Object.fromEntries(Object.entries(facts).filter(([, value]) => value != null)) as MeshFacts),
    dns: dns ?? (workloads == null ? 'open' : 'listed'),
    validation: validation ?? (manifests == null ? 'istiod' : 'cluster'),
    topology: topology ?? (workloads == null ? 'nodes' : 'pods'),
  };
}

function requestOf({ from, via, url, method, headers, body, tls, ip, source, timeoutMs, claims }: TrafficCall): TrafficRequest {
  const request = { via, method, body, ip, source, timeoutMs, claims };
  return {
    ...(Object.fromEntries(Object.entries(request).filter(([, value]) => value != null)) as Partial<TrafficRequest>),
    from,
    to: url,
    ...(headers == null ? {} : { headers: headersOf(headers) }),
    ...(tls == null ? {} : { tls: { ...tls, ...(tls.sni === null ? { sni: '' } : {}) } as NonNullable<TrafficRequest['tls']> }),
  };
}

function headersOf(written: NonNullable<TrafficCall['headers']>): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of Array.isArray(written) ? (written as readonly (readonly [string, unknown])[]) : Object.entries(written)) {
    headers[name] = [...(headers[name] ?? []), ...[value].flat().map(String)];
  }
  return headers;
}

function byObject(findings: readonly Diagnostic[]): SpokenOf[] {
  const found = new Map<string, SpokenOf>();
  for (const { object, message } of findings) {
    const { kind = '', name = '', namespace = 'default' } = object ?? {};
    const key = keyOf({ kind, namespace, name });
    const known = found.get(key);
    found.set(key, { kind, name, namespace, error: known === undefined ? message : `${known.error}; ${message}` });
  }
  return [...found.values()];
}
