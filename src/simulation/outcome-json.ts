import type { ObjectIdentity, SourceLocation } from '../manifest/diagnostic';
import { identityOf } from '../manifest/manifest';
import type { Source } from '../mesh/config-object';
import type { Outcome } from './outcome';
import { callerName, locationOf } from './story';
import type { RunnerUp, TraceStep } from './trace';

/** A decision as plain data. */
export interface PlainStep {
  readonly decision: string;
  /** The proxy that decided, `name.namespace`. */
  readonly proxy?: string;
  readonly text: string;
  readonly object?: ObjectIdentity;
  readonly path?: string;
  readonly location?: SourceLocation;
  readonly runnersUp?: readonly Omit<PlainStep, 'decision' | 'proxy' | 'runnersUp'>[];
}

/** An outcome as plain data: every alternative with its exact share, its result and its trace. */
export function outcomeJson(outcome: Outcome): object {
  const { request, alternatives, notes } = outcome;
  return {
    request: { ...request, from: callerName(request.from), ...(request.via === undefined ? {} : { via: callerName(request.via) }) },
    shares: Object.fromEntries([...outcome.shares].map(([workload, share]) => [workload, String(share)])),
    alternatives: alternatives.map(({ share, result, destination, trace }) => ({ share: String(share), result, destination, trace: trace.map(plainStep) })),
    notes,
  };
}

/** One decision as plain data. */
export function plainStep({ decision, proxy, text, source, runnersUp }: TraceStep): PlainStep {
  const passedOver = runnersUp?.() ?? [];
  return {
    decision,
    ...(proxy === undefined ? {} : { proxy: `${proxy.name}.${proxy.namespace}` }),
    text,
    ...(source === undefined ? {} : plainSource(source)),
    ...(passedOver.length === 0 ? {} : { runnersUp: passedOver.map(plainRunnerUp) }),
  };
}

function plainRunnerUp({ what, missedBy, source }: RunnerUp): Omit<PlainStep, 'decision'> {
  return { text: `${what}: ${missedBy}`, ...(source === undefined ? {} : plainSource(source)) };
}

function plainSource(source: Source): Pick<PlainStep, 'object' | 'path' | 'location'> {
  const location = locationOf(source);
  return { object: identityOf(source.manifest.object), path: source.path, ...(location === undefined ? {} : { location }) };
}
