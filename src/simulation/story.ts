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
 * An outcome as a story for people: who asks, every decision with the object and line that made it, what was passed over and why, and what comes of it. The likeliest way is told
 * in full, of others only what differs, and in one line what differs only by a copy or by the workload that answers. It ends without a line break.
 */
export function story(outcome: Outcome): string {
  return [storyWithoutNotes(outcome), ...(outcome.notes.length > 0 ? ['', ...outcome.notes.map((note) => `note      ${note}`)] : [])].join('\n');
}

/** The story alone, where notes are said elsewhere. */
export function storyWithoutNotes({ likeliest, alternatives, request }: Outcome): string {
  const asked = `${request.method === undefined || request.method === 'GET' ? '' : `${request.method} `}${request.to}`;
  const lines = [`${request.from === 'outside' ? 'somebody outside' : callerName(request.from)} asks ${asked}`];
  if (alternatives.length === 1) return [...lines, ...likeliest.trace.flatMap(stepLines), ending(likeliest)].join('\n');
  for (const { told, share, likewise } of waysOf(likeliest, alternatives)) {
    if (told === likeliest) lines.push(...told.trace.flatMap(stepLines));
    else {
      const all = likewise.reduce((sum, each) => sum.plus(each.share), share);
      lines.push('', `${percentage(all)} of the requests go another way`, ...differingSteps(told, likeliest).flatMap(stepLines));
    }
    lines.push(
      `${ending(told)}, ${percentage(share)}`,
      ...likewise.map((each) => `${percentage(each.share).padEnd(HEADING_WIDTH - 1)} the same, ${each.text}`),
    );
  }
  return lines.join('\n');
}

/** A way that is told, and in one line each what goes likewise. */
interface ToldWay {
  readonly told: Alternative;
  readonly share: Fraction;
  readonly likewise: readonly { readonly share: Fraction; readonly text: string }[];
}

/** The likeliest way first, then the others by their shares. */
function waysOf(likeliest: Alternative, alternatives: readonly Alternative[]): ToldWay[] {
  const bySize = (one: { readonly share: Fraction }, other: { readonly share: Fraction }): number => other.share.minus(one.share).toNumber();
  const sorted = [likeliest, ...alternatives.filter((each) => each !== likeliest).sort(bySize)];
  return [...grouped(sorted, (each) => outline(each, ({ decision }) => decision !== 'mirror')).values()].map((group) => {
    const [told, ...others] = [...grouped(group, (each) => each.result.workload ?? '').values()] as [Alternative[], ...Alternative[][]];
    const [sameCopies, ...otherCopies] = [...grouped(told, copiesOf).values()] as [Alternative[], ...Alternative[][]];
    return {
      told: sameCopies[0] as Alternative,
      share: sumOf(sameCopies),
      likewise: [
        ...otherCopies.map((same) => ({ share: sumOf(same), text: copiesOf(same[0] as Alternative) })),
        ...others.map((same) => ({ share: sumOf(same), text: `from ${(same[0] as Alternative).result.workload}` })),
      ],
    };
  });
}

function grouped(alternatives: readonly Alternative[], key: (alternative: Alternative) => string): Map<string, Alternative[]> {
  const groups = new Map<string, Alternative[]>();
  for (const each of alternatives) {
    const name = key(each);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return groups;
}

function sumOf(alternatives: readonly Alternative[]): Fraction {
  return alternatives.map(({ share }) => share).reduce((sum, share) => sum.plus(share));
}

function copiesOf({ trace }: Alternative): string {
  const texts = trace.filter(({ decision }) => decision === 'mirror').map(({ text }) => text);
  return texts.length === 0 ? 'not mirrored' : texts.join('; ');
}

/** What is decided on a way and what comes of it, whichever workload answers. */
function outline(alternative: Alternative, isWanted: (step: TraceStep) => boolean): string {
  const steps = alternative.trace.filter(isWanted).map((step) => stepKey(step, alternative));
  return [...steps, withoutServer(endOf(alternative), alternative)].join('\n');
}

function stepKey({ decision, text }: TraceStep, alternative: Alternative): string {
  return `${decision} ${withoutServer(text, alternative)}`;
}

/** A text with no name in place of the workload that answers. */
function withoutServer(text: string, { result: { workload } }: Alternative): string {
  if (workload === undefined) return text;
  return text
    .split(/(?<![\w.-])(?=[\w])|(?<=[\w])(?![\w.-])/)
    .map((word) => (word === workload ? '*' : word))
    .join('');
}

/** The steps of a way that are not on another: of endpoints always, of what follows from them only where something else is decided. */
function differingSteps(way: Alternative, other: Alternative): TraceStep[] {
  const keys = new Set(other.trace.map((step) => stepKey(step, other)));
  const texts = new Set(other.trace.map(({ text }) => text));
  return way.trace
    .filter((step) => !keys.has(stepKey(step, way)) || (step.decision === 'destination' && !texts.has(step.text)))
    .map(({ runnersUp, ...step }) =>
      runnersUp === undefined ? step : { ...step, runnersUp: () => runnersUp().filter(({ missedBy }) => !isOfTheDraw(missedBy)) },
    );
}

/** What a draw passed over is told of the likeliest way already. */
function isOfTheDraw(missedBy: string): boolean {
  return missedBy.startsWith('the draw');
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
export function shortened(file: string): string {
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

function ending(alternative: Alternative): string {
  return `answer    ${endOf(alternative)}`;
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
