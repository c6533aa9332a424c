import type { Endpoint } from '../../mesh/service';
import type { Reply } from '../network/connection';
import type { Cluster } from './cluster';
import { giveUp } from './give-up';
import { grpcTimeout } from './grpc-timeout';
import { missingCookies } from './hash-key';
import type { Headers, HttpRequest, HttpResponse } from './http';
import { applyResponseMutations, isGrpc, type LocalReply, localReply } from './local-reply';
import { sendMirrors } from './mirrors';
import { type AttemptFailure, backoff, retriesFailure, retriesResponse } from './retries';
import type { Forward, RetryPolicy } from './route';
import type { Stream } from './stream';
import { attempt } from './upstream';
import { xxHash64 } from './xx-hash';

/** What one attempt came to. */
type Result = { readonly kind: 'response'; readonly response: HttpResponse } | Failed | { readonly kind: 'noHost' };
type Failed = { readonly kind: 'failed'; readonly failure: AttemptFailure; readonly reason: string; readonly isGlobalTimeout?: boolean };

/** A request towards a cluster, with its attempts and the time that they take. */
export class UpstreamRequest {
  private readonly tried: Endpoint[] = [];
  private readonly retry: RetryPolicy | undefined;
  /** In milliseconds; infinite without one. */
  private readonly timeout: number;
  private readonly deadline: number;
  private readonly perTryTimeout: number;
  private attempts = 1;

  constructor(
    private readonly stream: Stream,
    private readonly request: HttpRequest,
    private readonly action: Forward,
    private readonly cluster: Cluster,
  ) {
    this.retry = action.retry;
    const timeout = grpcTimeout(stream, action.timeout) ?? action.timeout;
    this.timeout = timeout > 0 ? timeout : Number.POSITIVE_INFINITY;
    this.deadline = stream.elapsed + this.timeout;
    const perTry = action.retry?.perTryTimeout ?? 0;
    this.perTryTimeout = perTry > 0 && perTry < this.timeout ? perTry : Number.POSITIVE_INFINITY;
    const expected = Math.min(this.perTryTimeout, this.timeout);
    if (isGrpc(stream) && Number.isFinite(expected)) request.headers.set('grpc-timeout', `${Math.ceil(expected)}m`);
  }

  answer(): HttpResponse {
    const { stream } = this;
    for (;;) {
      stream.hop.attempts = this.attempts;
      const result = this.try();
      if (this.attempts === 1 && result.kind !== 'noHost') sendMirrors(stream, this.request, this.action, this.timeout);
      if (!this.isTriedAgain(result)) return this.finish(result);
      const wait = backoff(this.retry as RetryPolicy, this.attempts);
      if (stream.elapsed + wait >= this.deadline) {
        stream.elapsed = this.deadline;
        return this.finish({ kind: 'failed', failure: 'timeout', reason: '', isGlobalTimeout: true });
      }
      stream.elapsed += wait;
      this.attempts += 1;
      if (stream.settings.countsAttempts) this.request.headers.set('x-envoy-attempt-count', String(this.attempts));
    }
  }

  private try(): Result {
    const { stream, cluster, request, tried } = this;
    const { network, journey, proxy, peer, connection } = stream;
    const earlier = journey.hops.length;
    const { reply, endpoint } = attempt(
      network,
      journey,
      proxy,
      cluster,
      {
        destination: connection.destination,
        sourceIp: peer.remoteIp,
        tls: [],
        payload: { kind: 'http', request },
      },
      {
        tried,
        avoidsTried: this.retry?.avoidPreviousHosts ?? false,
        leavesPriorities: this.retry?.remoteLocalities ?? false,
        ...(this.action.hash && { hash: this.action.hash }),
      },
    );
    if (reply === 'noHost') return { kind: 'noHost' };
    if (endpoint !== undefined) tried.push(endpoint);
    const { address, port } = endpoint === undefined ? { address: connection.destination.ip, port: connection.destination.port } : endpoint;
    stream.upstreamHost = `${address}:${port}`;
    const left = Math.min(this.perTryTimeout, this.deadline - stream.elapsed);
    if (reply.elapsed >= left) {
      stream.elapsed += left;
      giveUp(journey.hops, earlier);
      return { kind: 'failed', failure: 'timeout', reason: '', isGlobalTimeout: stream.elapsed >= this.deadline };
    }
    stream.elapsed += reply.elapsed;
    return resultOf(reply);
  }

  private isTriedAgain(result: Result): boolean {
    const { retry, stream } = this;
    if (retry === undefined || result.kind === 'noHost') return false;
    if (result.kind === 'failed' && result.isGlobalTimeout) return false;
    const what = result.kind === 'response' ? `answer ${result.response.status}` : whatFailed(result);
    const isRetriable = result.kind === 'response' ? retriesResponse(retry, result.response) : retriesFailure(retry, result.failure);
    if (!isRetriable) {
      if (result.kind === 'failed') stream.note('retry', `${what}: not tried again, since ${retry.on.join(', ')} does not cover it`, retry.source);
      return false;
    }
    const isLast = this.attempts > retry.attempts;
    stream.note(
      'retry',
      `${what}: ${isLast ? `not tried again after ${this.attempts} attempts` : `attempt ${this.attempts + 1} of ${retry.attempts + 1}`}`,
      retry.source,
    );
    if (isLast) stream.flag('URX');
    return !isLast;
  }

  private finish(result: Result): HttpResponse {
    const { stream } = this;
    if (result.kind === 'response') {
      stream.hop.details = 'via_upstream';
      this.handOutCookies(result.response.headers);
      applyResponseMutations(stream, result.response.headers, result.response.status);
      return result.response;
    }
    if (result.kind === 'noHost') {
      stream.note('destination', `no endpoint of ${this.cluster.name} can be asked`, this.cluster.source);
      return localReply(stream, { status: 503, body: 'no healthy upstream', details: 'no_healthy_upstream', flag: 'UH' });
    }
    if (result.failure === 'timeout') {
      const details = result.isGlobalTimeout ? 'response_timeout' : 'upstream_per_try_timeout';
      stream.note('timeout', `no answer within ${result.isGlobalTimeout ? 'the timeout' : 'the timeout of one attempt'}`, stream.route?.source);
      return localReply(stream, { status: 504, body: 'upstream request timeout', details, flag: 'UT' });
    }
    stream.note('answer', `${whatFailed(result)}: ${result.reason}`, this.cluster.source);
    return localReply(stream, this.failureReply(result));
  }

  /** Gives a cookie to callers that it is to bind the next time. */
  private handOutCookies(headers: Headers): void {
    const { cluster, action, request, stream } = this;
    if (!action.hash?.length || (cluster.loadBalancing !== 'RING_HASH' && cluster.loadBalancing !== 'MAGLEV')) return;
    for (const { name, path, ttl = 0 } of missingCookies(action.hash, request)) {
      const value = xxHash64(`${stream.peer.ip} ${stream.upstreamHost}`).toString(16);
      headers.add('set-cookie', `${name}="${value}"${ttl > 0 ? `; Max-Age=${Math.trunc(ttl / 1000)}` : ''}${path ? `; Path=${path}` : ''}; HttpOnly`);
    }
  }

  private failureReply({ failure, reason }: Failed): LocalReply {
    const { what, flag, status } = failures[failure];
    const transport = failure === 'connection' ? `|${reason}` : '';
    if (failure === 'connection') this.stream.hop.tlsError = reason.replace(/ /g, '_');
    return {
      status,
      body: `upstream connect error or disconnect/reset before headers. ${this.attempts > 1 ? 'retried and the latest ' : ''}reset reason: ${what}`,
      details: `upstream_reset_before_response_started{${what}${transport}}`.replace(/ /g, '_'),
      flag,
    };
  }
}

const failures: Readonly<Record<AttemptFailure, { readonly what: string; readonly flag: string; readonly status: number }>> = {
  connection: { what: 'remote connection failure', flag: 'UF', status: 503 },
  termination: { what: 'connection termination', flag: 'UC', status: 503 },
  reset: { what: 'remote reset', flag: 'UR', status: 503 },
  protocol: { what: 'protocol error', flag: 'UPE', status: 502 },
  timeout: { what: 'local reset', flag: 'UT', status: 504 },
};

function whatFailed({ failure }: Failed): string {
  return failure === 'timeout' ? 'no answer in time' : failures[failure].what;
}

/** What a reply comes to for a proxy that forwards HTTP. */
function resultOf(reply: Reply): Result {
  switch (reply.kind) {
    case 'response':
      return { kind: 'response', response: reply.response };
    case 'bytes':
      return { kind: 'failed', failure: 'protocol', reason: 'the answer is no HTTP' };
    case 'failure':
      switch (reply.failure) {
        case 'reset':
          return { kind: 'failed', failure: reply.isOfStream ? 'reset' : 'termination', reason: reply.reason };
        case 'protocol':
          return { kind: 'failed', failure: 'protocol', reason: reply.reason };
        case 'refused':
          return { kind: 'failed', failure: 'connection', reason: 'delayed connect error: Connection refused' };
        default:
          return { kind: 'failed', failure: 'connection', reason: `TLS error: ${reply.reason}` };
      }
  }
}
