import { applyMutations } from './header-mutations';
import { Headers, type HttpResponse, type Served } from './http';
import type { HeaderMutations } from './route';
import type { Stream } from './stream';

/** An answer that a proxy gives itself. */
export interface LocalReply {
  readonly status: number;
  readonly body: string;
  /** Envoy's response code details. */
  readonly details: string;
  readonly flag?: string;
  /** For callers of gRPC; by default what the status comes to. */
  readonly grpcStatus?: number;
  readonly headers?: Headers;
  /** Whoever wrote it in the proxy's place. */
  readonly server?: Served;
  /** Whether the changes to response headers of routes that forward apply; they do but for preflights. @default - true */
  readonly isOfRoute?: boolean;
  /** Changes of a route that answers by itself. */
  readonly mutations?: HeaderMutations;
}

/** Answers in the place of a server. Callers of gRPC are answered 200, with the error in headers. */
export function localReply(stream: Stream, reply: LocalReply): HttpResponse {
  const { status, body, details, flag, grpcStatus, server } = reply;
  if (flag !== undefined) stream.flag(flag);
  stream.hop.details = details;
  const headers = reply.headers ?? new Headers();
  let response: HttpResponse = { status, headers, body: hasBody(stream, status) ? body : '', ...(server && { server }) };
  if (isGrpc(stream)) {
    headers.set('content-type', 'application/grpc');
    headers.set('grpc-status', String(grpcStatus ?? grpcStatusOf(status)));
    if (body !== '' && stream.request.method !== 'HEAD') headers.set('grpc-message', encodeMessage(body));
    response = { ...response, status: 200, body: '' };
  } else if (body !== '' && !headers.has('content-type')) {
    headers.set('content-type', 'text/plain');
  }
  if (reply.mutations) applyMutations(headers, reply.mutations, { stream, request: stream.sent ?? stream.request, response: headers, responseCode: 0 });
  if (reply.isOfRoute !== false) applyResponseMutations(stream, headers, 0);
  return response;
}

/** Changes the headers of an answer as a route that forwards, and the cluster drawn from it, say. */
export function applyResponseMutations(stream: Stream, headers: Headers, responseCode: number): void {
  const { route, weighted } = stream;
  if (route?.action.kind !== 'forward') return;
  const context = { stream, request: stream.sent ?? stream.request, response: headers, responseCode };
  if (weighted?.responseHeaders) applyMutations(headers, weighted.responseHeaders, context);
  if (route.responseHeaders) applyMutations(headers, route.responseHeaders, context);
}

export function isGrpc({ request }: Pick<Stream, 'request'>): boolean {
  const type = request.headers.get('content-type');
  return type !== undefined && /^application\/grpc(?:$|\+)/.test(type);
}

function hasBody({ request }: Stream, status: number): boolean {
  return request.method !== 'HEAD' && status >= 200 && status !== 204 && status !== 304;
}

const grpcStatuses = new Map([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, 14],
  [502, 14],
  [503, 14],
  [504, 14],
]);

/** What a status of HTTP comes to in gRPC; `UNKNOWN` for most, even for good ones. */
function grpcStatusOf(status: number): number {
  return grpcStatuses.get(status) ?? 2;
}

function encodeMessage(message: string): string {
  return Array.from(new TextEncoder().encode(message), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
