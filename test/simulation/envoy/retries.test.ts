import { Headers } from '../../../src/simulation/envoy/http';
import { backoff, retriesFailure, retriesResponse } from '../../../src/simulation/envoy/retries';
import type { RetryPolicy } from '../../../src/simulation/envoy/route';
import { ask, result, to } from './shop';

const policy = (on: string, statusCodes: number[] = []): RetryPolicy => ({
  attempts: 2,
  on: on.split(','),
  statusCodes,
  perTryTimeout: 0,
  avoidPreviousHosts: true,
  remoteLocalities: false,
});
const answered = (on: string, status: number, headers: Record<string, string> = {}, codes: number[] = []) =>
  retriesResponse(policy(on, codes), { status, headers: Headers.of(headers) });

describe('a retry policy', () => {
  test('covers answers by their status', () => {
    expect([499, 500, 503, 599, 600].map((status) => answered('5xx', status))).toEqual([false, true, true, true, false]);
    expect([500, 502, 503, 504, 505].map((status) => answered('gateway-error', status))).toEqual([false, true, true, true, false]);
    expect([404, 409].map((status) => answered('retriable-4xx', status))).toEqual([false, true]);
    expect([404, 503].map((status) => answered('retriable-status-codes', status, {}, [404]))).toEqual([true, false]);
    expect(answered('connect-failure,reset', 503)).toBe(false);
  });

  test('covers answers of gRPC, and those of rate limits', () => {
    expect(answered('unavailable', 200, { 'grpc-status': '14' })).toBe(true);
    expect(answered('cancelled', 200, { 'grpc-status': '14' })).toBe(false);
    const statuses = { cancelled: '1', 'deadline-exceeded': '4', 'resource-exhausted': '8', internal: '13', unavailable: '14' };
    expect(Object.entries(statuses).map(([condition, status]) => answered(condition, 200, { 'grpc-status': status }))).toEqual([true, true, true, true, true]);
    expect(answered('envoy-ratelimited', 429)).toBe(false);
    expect(answered('envoy-ratelimited', 429, { 'x-envoy-ratelimited': 'true' })).toBe(true);
    expect(answered('5xx', 503, { 'x-envoy-overloaded': 'true' })).toBe(false);
  });

  test('covers failures by what was sent before', () => {
    const conditions = ['connect-failure', 'reset-before-request', 'reset', '5xx', 'gateway-error', 'refused-stream'];
    expect(conditions.map((on) => retriesFailure(policy(on), 'connection'))).toEqual([true, true, true, true, true, false]);
    expect(conditions.map((on) => retriesFailure(policy(on), 'termination'))).toEqual([false, false, true, true, true, false]);
  });

  test('waits longer every time, up to ten times as long', () => {
    expect([1, 2, 3, 4, 5, 9].map((retry) => backoff(policy('5xx'), retry))).toEqual([12.5, 25, 50, 100, 125, 125]);
    expect(backoff({ ...policy('5xx'), backoff: 1000 }, 1)).toBe(500);
  });
});

describe('a request that fails', () => {
  test('is tried again as often as the route says, and the server is told', () => {
    const http = `{ ${to()}, retries: { attempts: 2, retryOn: 5xx } }`;
    expect(result(http, { headers: { 'x-echo-seq': '503,500,200' } })).toMatchObject({
      status: 200,
      attempts: 3,
      flags: undefined,
      requestHeaders: { 'x-envoy-attempt-count': '3' },
    });
    expect(result(http, { headers: { 'x-echo-seq': '503' } })).toMatchObject({ status: 503, attempts: 3, flags: 'URX', details: 'via_upstream' });
    expect(result(http, { headers: { 'x-echo-seq': '404' } })).toMatchObject({ status: 404, attempts: undefined, flags: undefined });
  });

  test('goes to another endpoint, unless that does not matter', () => {
    const names = (more: string) => {
      const { alternatives } = ask(`{ ${to('host: cart')}, retries: { attempts: 1, retryOn: 5xx${more} } }`, { headers: { 'x-echo-seq': '503,200' } });
      return alternatives.map(({ result }) => (result.received ?? []).map(({ workload }) => workload).join('>')).sort();
    };
    expect(names('')).toEqual(['cart-v1>cart-v2', 'cart-v1>cart-v2']);
    expect(names(', retryIgnorePreviousHosts: false')).toEqual(['cart-v1>cart-v1', 'cart-v1>cart-v2', 'cart-v1>cart-v2', 'cart-v2>cart-v2']);
  });

  test('is told in the trace with the field that has it tried again', () => {
    const steps = ask(`{ ${to()}, retries: { attempts: 1, retryOn: 5xx } }`, { headers: { 'x-echo-seq': '503' } }).trace.filter(
      ({ decision }) => decision === 'retry',
    );
    expect(steps.map(({ text, source }) => [text, source?.path])).toEqual([
      ['answer 503: attempt 2 of 2', 'spec.http[0].retries'],
      ['answer 503: not tried again after 2 attempts', 'spec.http[0].retries'],
    ]);
  });
});

describe('a request that takes long', () => {
  const slow = { headers: { 'x-echo-delay-ms': '300' } };

  test('is given up after the timeout of the route, and its server sees the caller hang up', () => {
    expect(result(`{ ${to()}, timeout: 0.2s }`, slow)).toMatchObject({
      status: 504,
      flags: 'UT',
      details: 'response_timeout',
      body: 'upstream request timeout',
      serverFlags: 'DC',
      serverDetails: 'downstream_remote_disconnect',
      elapsedMs: 200,
    });
    expect(result(`{ ${to()}, timeout: 0.4s }`, slow)).toMatchObject({ status: 200, elapsedMs: 300 });
  });

  test('is tried again after the timeout of one attempt, as long as all of it does not take too long', () => {
    const retries = 'retries: { attempts: 2, perTryTimeout: 0.1s, retryOn: 5xx }';
    expect(result(`{ ${to()}, timeout: 1s, ${retries} }`, slow)).toMatchObject({
      status: 504,
      flags: 'URX,UT',
      details: 'upstream_per_try_timeout',
      attempts: 3,
    });
    expect(result(`{ ${to()}, timeout: 0.15s, ${retries} }`, slow)).toMatchObject({
      status: 504,
      flags: 'UT',
      details: 'response_timeout',
      attempts: 2,
      elapsedMs: 150,
    });
    expect(result(`{ ${to()}, timeout: 0.1s, ${retries} }`, slow)).toMatchObject({ details: 'response_timeout', attempts: undefined });
    expect(result(`{ ${to()}, timeout: 1s, retries: { attempts: 2, perTryTimeout: 0.1s, retryOn: connect-failure } }`, slow)).toMatchObject({
      flags: 'UT',
      attempts: undefined,
    });
  });

  test('ends while its proxy waits to try again', () => {
    const http = `{ ${to()}, timeout: 0.3s, retries: { attempts: 1, retryOn: 5xx, backoff: 1s } }`;
    expect(result(http, { headers: { 'x-echo-seq': '503' } })).toMatchObject({ status: 504, flags: 'UT', details: 'response_timeout', elapsedMs: 300 });
  });

  test('of gRPC is given up when the caller says so, though not later than the route says', () => {
    const headers = (timeout: string) => ({ headers: { ...slow.headers, 'content-type': 'application/grpc', 'grpc-timeout': timeout } });
    expect(result(`{ ${to()} }`, headers('100m'))).toMatchObject({ status: 200, flags: 'UT', elapsedMs: 100, responseHeaders: { 'grpc-status': '14' } });
    expect(result(`{ ${to()}, timeout: 0.2s }`, headers('1S')).elapsedMs).toBe(200);
    expect(result(`{ ${to()}, timeout: 1s }`, headers('500000u')).requestHeaders?.['grpc-timeout']).toBe('500m');
  });
});
