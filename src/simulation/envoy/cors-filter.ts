import { Headers, type HttpRequest, type HttpResponse } from './http';
import { localReply } from './local-reply';
import type { Cors } from './route';
import type { Stream } from './stream';
import { matchesString } from './string-match';

/** Answers preflights of origins that a route allows. Routes that redirect or answer by themselves have no CORS. */
export function answerPreflight(stream: Stream): HttpResponse | undefined {
  const { request } = stream;
  const cors = policyOf(stream);
  const origin = request.headers.get('origin');
  if (cors === undefined || !origin) return undefined;
  const isAllowed = allows(cors, origin);
  if (!isPreflight(request)) {
    stream.note('cors', isAllowed ? `the origin ${origin} is allowed` : `the origin ${origin} is not allowed, and the answer will not say so`, cors.source);
    return undefined;
  }
  if (!isAllowed && cors.forwardsUnmatchedPreflights) {
    stream.note('cors', `a preflight from ${origin}, which is not allowed, goes on to the server`, cors.source);
    return undefined;
  }
  stream.note('cors', `a preflight from ${origin}, which is ${isAllowed ? 'allowed' : 'not allowed'}, is answered`, cors.source);
  return localReply(stream, {
    status: 200,
    body: '',
    details: 'cors_response',
    headers: preflightHeaders(cors, isAllowed ? origin : undefined, request),
    isOfRoute: false,
  });
}

/** Tells the browser on any other answer that its origin is allowed. */
export function allowOrigin(stream: Stream, response: Headers): void {
  const cors = policyOf(stream);
  const origin = stream.request.headers.get('origin');
  if (cors === undefined || !origin || !allows(cors, origin)) return;
  response.set('access-control-allow-origin', origin);
  if (cors.credentials) response.set('access-control-allow-credentials', 'true');
  if (cors.exposeHeaders) response.set('access-control-expose-headers', cors.exposeHeaders);
}

function policyOf({ route }: Stream): Cors | undefined {
  return route?.action.kind === 'forward' ? route.cors : undefined;
}

/** A matcher that takes a literal `*` allows every origin. */
function allows({ origins }: Cors, origin: string): boolean {
  return origins.some((matcher) => matchesString(matcher, '*') || matchesString(matcher, origin));
}

function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && Boolean(headers.get('access-control-request-method'));
}

/** Lists of `*` alone repeat what was asked for. Origins that are not allowed learn what else would be. */
function preflightHeaders({ methods, headers, exposeHeaders, maxAge, credentials }: Cors, origin: string | undefined, request: HttpRequest): Headers {
  const answer = new Headers();
  const asked = (name: string) => request.headers.get(`access-control-request-${name}`) ?? '';
  if (origin !== undefined) answer.set('access-control-allow-origin', origin);
  if (credentials) answer.set('access-control-allow-credentials', 'true');
  if (methods) answer.set('access-control-allow-methods', methods === '*' ? asked('method') : methods);
  if (headers) answer.set('access-control-allow-headers', headers === '*' ? asked('headers') : headers);
  if (exposeHeaders && origin !== undefined) answer.set('access-control-expose-headers', exposeHeaders);
  if (maxAge) answer.set('access-control-max-age', maxAge);
  return answer;
}
