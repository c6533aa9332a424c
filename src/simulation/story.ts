import { isAbsolute, relative } from 'node:path';
import type { SourceLocation } from '../manifest/diagnostic';
import type { Manifest } from '../manifest/manifest';
import { identityOf } from '../manifest/manifest';
import type { Source } from '../mesh/config-object';
import type { CallResult } from './call-result';
import type { Fraction } from './chance';
import type { Alternative, Outcome } from './outcome';
import { manifestOf, objectOf } from './read-app';
import type { Caller, ClientFact } from './request';
import type { Decision, TraceStep } from './trace';

/** How decisions are headed in a story. */
const headings: Readonly<Record<Decision, string>> = {
  caller: 'caller',
  host: 'host',
  listener: 'listener',
  tls: 'TLS',
  route: 'route',
  fault: 'fault',
  cors: 'CORS',
  rewrite: 'rewrite',
  headers: 'headers',
  mirror: 'mirror',
  destination: 'to',
  mtls: 'mTLS',
  authentication: 'token',
  authorization: 'policy',
  retry: 'retry',
  timeout: 'timeout',
  answer: 'answer',
};

const HEADING_WIDTH = 10;

/**
 * An outcome as a story for people: who asks, every decision with the object and line that made it, what was passed over and why, and what comes of it. What may come with
 * smaller shares is told from where it parts from the likeliest way. It ends without a line break.
 */
export function story(outcome: Outcome): string {
  const { likeliest, alternatives, request, notes } = outcome;
  const asked = `${request.method === undefined || request.method === 'GET' ? '' : `${request.method} `}${request.to}`;
  const lines = [`${request.from === 'outside' ? 'somebody outside' : callerName(request.from)} asks ${asked}`];
  lines.push(...likeliest.trace.flatMap(stepLines), ending(likeliest, alternatives.length === 1 ? undefined : likeliest.share));
  for (const other of alternatives) {
    if (other === likeliest) continue;
    const shared = sharedSteps(likeliest.trace, other.trace);
    lines.push('', `${percentage(other.share)} of the requests go another way`, ...other.trace.slice(shared).flatMap(stepLines), ending(other, other.share));
  }
  if (notes.length > 0) lines.push('', ...notes.map((note) => `note      ${note}`));
  return lines.join('\n');
}

function sharedSteps(one: readonly TraceStep[], other: readonly TraceStep[]): number {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared]?.text === other[shared]?.text && one[shared]?.decision === other[shared]?.decision)
    shared++;
  return shared;
}

function stepLines({ decision, text, source, runnersUp }: TraceStep): string[] {
  return [
    `  ${line(headings[decision], text, source)}`,
    ...(runnersUp?.() ?? []).map(({ what, missedBy, source: passed }) => `  ${line('', `not ${what}: ${missedBy}`, passed)}`),
  ];
}

function line(heading: string, text: string, source: Source | undefined): string {
  const place = source && placeOf(source);
  const first = `${heading.padEnd(HEADING_WIDTH)}${text}`;
  return place === undefined ? first : `${first.padEnd(78)}  ${place}`;
}

/** The file and line of a source, or the object and field where no file is known. */
export function placeOf(source: Source): string {
  const location = locationOf(source);
  return location === undefined ? `${objectName(source.manifest)} ${source.path}`.trimEnd() : `${shortened(location.file)}:${location.line}`;
}

/** Files below the working directory as people write them. */
function shortened(file: string): string {
  const short = relative(process.cwd(), file);
  return isAbsolute(file) && !short.startsWith('..') ? short : file;
}

/** Where the author wrote what decided. */
export function locationOf({ manifest, path }: Source): SourceLocation | undefined {
  return manifest.origin.locate?.(path) ?? manifest.origin.location;
}

/** `VirtualService bookinfo/reviews` */
export function objectName({ object }: Manifest): string {
  const { kind, namespace, name } = identityOf(object);
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function ending(alternative: Alternative, share: Fraction | undefined): string {
  return `answer    ${endOf(alternative)}${share === undefined ? '' : `, ${percentage(share)}`}`;
}

/** What the caller gets, and from whom: `200 from reviews-v2 (subset v2)`. */
export function endOf({ result, destination }: Alternative): string {
  const subset = destination?.subset === undefined ? '' : ` (subset ${destination.subset})`;
  return `${answerText(result)}${result.workload === undefined ? '' : ` from ${result.workload}${subset}`}`;
}

/** What the caller gets, in a few words. */
export function answerText({ status, error, errorDetail, body, responseHeaders, flags, elapsedMs }: CallResult): string {
  const code = flags === undefined ? '' : ` (${flags})`;
  if (error !== null) return `no answer: ${errorDetail ?? error}${code}`;
  if (status === null) return 'the bytes are answered';
  const location = responseHeaders?.location;
  const text = location !== undefined ? ` to ${location}` : body === undefined ? '' : ` "${body}"`;
  return `${status}${text}${code}${elapsedMs > 0 ? ` after ${elapsedMs} ms` : ''}`;
}

/** `12.5 %`, and the exact fraction where a percentage cannot say it. */
export function percentage(share: Fraction): string {
  const percent = share.toNumber() * 100;
  const rounded = Number(percent.toFixed(4));
  return Math.abs(rounded - percent) < 1e-9 ? `${rounded} %` : `${share} (${rounded.toFixed(2)} %)`;
}

/** The name of a caller, as a request gives it. */
export function callerName(caller: Caller): string {
  if (typeof caller === 'string') return caller;
  const construct = objectOf(caller);
  const { name, namespace, labels } = construct === undefined ? (caller as ClientFact) : { ...identityOf(manifestOf(construct).object), labels: undefined };
  const described =
    labels === undefined
      ? 'a client'
      : Object.entries(labels)
          .map((label) => label.join('='))
          .join(',');
  return `${name ?? described}${namespace === undefined ? '' : `.${namespace}`}`;
}
