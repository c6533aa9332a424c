import type { FilterContext, HttpFilter, NetworkFilter, Verdict } from './filter';
import { Headers, type HttpRequest, type HttpResponse } from './http';
import { matchingRule, missesOf, type RbacRule, type Subject, subjectOf } from './rbac';
import { attempt } from './upstream';

/** Somebody who is asked whether a request may pass. */
export interface ExtAuthzProvider {
  readonly name: string;
  readonly protocol: 'http' | 'grpc';
  readonly cluster: string;
  /** Whether requests pass when the provider cannot be asked. */
  readonly failOpen: boolean;
  /** The status of the answer when it cannot be asked. */
  readonly statusOnError: number;
  /** In milliseconds. */
  readonly timeout: number;
  /** What stands before the path in the question. */
  readonly pathPrefix: string;
  /** Which headers of the request the question has, beside those that every question has. */
  sends(name: string): boolean;
  /** Headers that the question gets. */
  readonly adds: readonly (readonly [name: string, value: string])[];
  /** How much of the body goes with the question. */
  readonly body?: { readonly maxBytes: number; readonly allowPartial: boolean };
  /** Which headers of the consent the request gets. */
  forwards(name: string): boolean;
  /** Which headers of the consent the answer gets. */
  answersOnAllow(name: string): boolean;
  /** Which headers of the refusal the answer gets, beside those that every refusal has; by default all. */
  answersOnDeny?(name: string): boolean;
}

/** Asks a provider about the requests that rules match. */
export function extAuthzHttpFilter(provider: ExtAuthzProvider, rules: readonly RbacRule[]): HttpFilter {
  return {
    name: 'envoy.filters.http.ext_authz',
    apply(request, context) {
      if (!isAsked(provider, rules, subjectOf(context, request), context)) return { kind: 'pass' };
      if (context.hasRoute?.() === false) {
        note(context, `provider ${provider.name} is not asked, since no route takes the request`);
        return { kind: 'pass' };
      }
      const { body } = provider;
      const size = Buffer.byteLength(request.body);
      if (body !== undefined && size > body.maxBytes && !body.allowPartial) {
        note(context, `the body is longer than the ${body.maxBytes} bytes that provider ${provider.name} takes`);
        return { kind: 'answer', status: 413, body: 'Payload Too Large', details: 'request_payload_too_large' };
      }
      return ask(provider, request, context);
    },
  };
}

/** Asks a provider about the connections that rules match. */
export function extAuthzNetworkFilter(provider: ExtAuthzProvider, rules: readonly RbacRule[]): NetworkFilter {
  return {
    name: 'envoy.filters.network.ext_authz',
    apply(context) {
      if (!isAsked(provider, rules, subjectOf(context), context)) return { kind: 'pass' };
      const verdict = failed(provider, context, NO_GRPC, 0);
      return verdict.kind === 'pass' ? { kind: 'pass' } : { kind: 'close', flags: UNAUTHORIZED, details: verdict.details };
    },
  };
}

/** The flag of whatever a provider does not let pass. */
const UNAUTHORIZED = 'UAEX';

/** What applications of the simulation make of a question in gRPC. */
const NO_GRPC = 'its application answers no questions in gRPC';

function isAsked({ name }: ExtAuthzProvider, rules: readonly RbacRule[], subject: Subject, { journey, proxy }: FilterContext): boolean {
  const rule = matchingRule(rules, subject);
  journey.note({
    decision: 'authorization',
    proxy,
    text: rule === undefined ? `no CUSTOM policy matches, so provider ${name} is not asked` : `provider ${name} is asked, as ${rule.title} says`,
    ...(rule === undefined ? {} : { source: rule.source }),
    runnersUp: () => (rule === undefined ? missesOf(rules, subject) : []),
  });
  return rule !== undefined;
}

function ask(provider: ExtAuthzProvider, request: HttpRequest, context: FilterContext): Verdict {
  const { network, journey, proxy, peer } = context;
  if (provider.protocol === 'grpc') return failed(provider, context, NO_GRPC, 0);
  const cluster = network.cluster(proxy, provider.cluster);
  if (cluster === undefined) return failed(provider, context, `the cluster ${provider.cluster} does not exist here`, 0);
  const aside = journey.question(`${proxy.name}.${proxy.namespace} ${provider.name}`);
  if (aside === undefined) return failed(provider, context, 'it is asked about the question itself, and so on without end', provider.timeout);
  const { reply } = attempt(network, aside, proxy, cluster, {
    destination: peer.destination,
    sourceIp: proxy.ip,
    tls: [],
    payload: { kind: 'http', request: question(provider, request) },
  });
  if (reply === 'noHost') return failed(provider, context, 'it has no endpoint', 0);
  if (reply.elapsed >= provider.timeout) return failed(provider, context, `it does not answer within ${provider.timeout} ms`, provider.timeout);
  if (reply.kind !== 'response') return failed(provider, context, reply.kind === 'failure' ? reply.reason : 'it speaks no HTTP', reply.elapsed);
  const { response, elapsed } = reply;
  if (response.status >= 500) return failed(provider, context, `it answers ${response.status}`, elapsed);
  return response.status === 200 ? allowed(provider, request, response, context, elapsed) : denied(provider, request, response, context, elapsed);
}

/** Headers that every question has. */
const alwaysSent: ReadonlySet<string> = new Set(['authorization']);

function question(provider: ExtAuthzProvider, { method, authority, path, headers, body }: HttpRequest): HttpRequest {
  const sent = new Headers();
  for (const [name, value] of headers) {
    if (alwaysSent.has(name) || provider.sends(name)) sent.add(name, value);
  }
  for (const [name, value] of provider.adds) sent.set(name, value);
  // A sidecar of the provider takes it out again.
  sent.set('x-envoy-internal', 'true');
  const whole = Buffer.from(body);
  const part = whole.subarray(0, provider.body?.maxBytes ?? 0);
  sent.set('content-length', String(part.length));
  if (part.length > 0) sent.set('x-envoy-auth-partial-body', String(part.length < whole.length));
  return { method, scheme: 'http', authority, path: provider.pathPrefix + path, headers: sent, body: part.toString() };
}

function allowed(provider: ExtAuthzProvider, request: HttpRequest, { headers }: HttpResponse, context: FilterContext, elapsed: number): Verdict {
  note(context, `provider ${provider.name} lets the request pass`);
  const responseHeaders = new Headers();
  for (const [name, value] of headers) {
    if (provider.forwards(name)) request.headers.set(name, value);
    if (provider.answersOnAllow(name)) responseHeaders.add(name, value);
  }
  return { kind: 'pass', responseHeaders, elapsed };
}

/** Headers that every refusal has. */
const alwaysAnswered: ReadonlySet<string> = new Set(['content-length', 'www-authenticate', 'location']);

function denied(provider: ExtAuthzProvider, { method }: HttpRequest, response: HttpResponse, context: FilterContext, elapsed: number): Verdict {
  note(context, `provider ${provider.name} refuses with ${response.status}`);
  const headers = new Headers();
  for (const [name, value] of response.headers) {
    if (provider.answersOnDeny === undefined || alwaysAnswered.has(name) || provider.answersOnDeny(name)) headers.add(name, value);
  }
  return {
    kind: 'answer',
    status: response.status,
    body: response.body ?? '',
    details: 'ext_authz_denied',
    flags: UNAUTHORIZED,
    headers,
    elapsed,
    // By an answer without body nobody can tell who wrote it.
    ...(response.server === undefined || method === 'HEAD' || response.status === 204 || response.status === 304 ? {} : { server: response.server }),
  };
}

function failed({ name, failOpen, statusOnError }: ExtAuthzProvider, context: FilterContext, reason: string, elapsed: number): Verdict {
  note(
    context,
    `provider ${name} cannot be asked: ${reason}; ${failOpen ? 'requests pass then (failOpen)' : `requests are answered with ${statusOnError} then`}`,
  );
  if (failOpen) return { kind: 'pass', elapsed };
  return { kind: 'answer', status: statusOnError, body: '', details: 'ext_authz_error', flags: UNAUTHORIZED, elapsed };
}

function note({ journey, proxy }: FilterContext, text: string): void {
  journey.note({ decision: 'authorization', proxy, text });
}
