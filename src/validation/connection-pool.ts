import { parseDuration } from '../manifest/duration';
import type { CheckContext, DecodedObject } from './context';
import { message, number, text } from './decoded';
import { connectionPoolRules as rules } from './rules/connection-pool';
import { checkDuration } from './values';

const httpLimits = ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'];
const MILLISECOND = 1_000_000n;

/** Checks the connection pool of a traffic policy or of a Sidecar. */
export function checkConnectionPool(pool: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (pool === undefined) {
    return;
  }
  const http = message(pool.http);
  const tcp = message(pool.tcp);
  if (http === undefined && tcp === undefined) {
    context.report(rules.empty, path, 'The connection pool limits neither HTTP nor TCP.');
  }
  checkHttp(http ?? {}, `${path}.http`, context);
  checkTcp(tcp ?? {}, `${path}.tcp`, context);
}

function checkHttp(http: DecodedObject, path: string, context: CheckContext): void {
  for (const field of httpLimits) {
    checkLimit(http, field, path, context);
  }
  checkDuration(http.idleTimeout, `${path}.idleTimeout`, context);
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    context.report(rules.upgradeAndClientProtocol, `${path}.useClientProtocol`, "Requests cannot be upgraded to HTTP/2 and keep the client's protocol.");
  }
  const keepAlive = message(http.http2KeepAlive);
  if (keepAlive !== undefined) {
    for (const field of ['interval', 'timeout']) {
      if (keepAlive[field] === undefined) {
        context.report(rules.keepAliveIncomplete, `${path}.http2KeepAlive.${field}`, `The keep-alive of HTTP/2 has no ${field}.`);
      }
      checkDuration(keepAlive[field], `${path}.http2KeepAlive.${field}`, context);
    }
  }
}

function checkTcp(tcp: DecodedObject, path: string, context: CheckContext): void {
  checkLimit(tcp, 'maxConnections', path, context);
  checkDuration(tcp.connectTimeout, `${path}.connectTimeout`, context);
  checkDuration(tcp.maxConnectionDuration, `${path}.maxConnectionDuration`, context);
  // What is no millisecond turns the timeout off, here alone.
  if ((parseDuration(text(tcp.idleTimeout)) ?? 0n) / MILLISECOND !== 0n) {
    checkDuration(tcp.idleTimeout, `${path}.idleTimeout`, context);
  }
  const keepAlive = message(tcp.tcpKeepalive);
  checkDuration(keepAlive?.time, `${path}.tcpKeepalive.time`, context);
  checkDuration(keepAlive?.interval, `${path}.tcpKeepalive.interval`, context);
}

function checkLimit(settings: DecodedObject, field: string, path: string, { report }: CheckContext): void {
  const limit = number(settings[field]);
  if (limit < 0) {
    report(rules.negative, `${path}.${field}`, `${field} is ${limit}, but a limit cannot be negative.`);
  }
}
