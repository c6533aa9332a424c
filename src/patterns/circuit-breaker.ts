import type { LocalityLoadBalancerSetting, OutlierDetection, TrafficPolicy } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { badInput } from './bad-input';
import type { Contradiction, ResilienceWarning } from './warn';

/** How much one proxy asks of a service at a time. What is beyond is answered with 503 at once. */
export interface ConnectionLimits {
  /** TCP connections. @default - no limit */
  readonly connections?: number;
  /** Requests that wait for a connection. @default - no limit */
  readonly pendingRequests?: number;
  /** Requests that are under way; it counts for HTTP/1.1 too. @default - no limit */
  readonly requests?: number;
  /** Retries that are under way. @default - no limit */
  readonly retries?: number;
  /** Requests after which a connection is closed. @default - no limit */
  readonly requestsPerConnection?: number;
  /** How long to wait for a connection. @default 10s */
  readonly connectTimeout?: Duration;
}

/** When an endpoint that fails gets no more requests for a while. */
export interface OutlierSettings extends Pick<OutlierDetection, 'consecutiveGatewayErrors'> {
  /** Failures in a row. @default 5 */
  readonly consecutive5xxErrors?: number;
  /** How often endpoints are judged. @default 10s */
  readonly interval?: Duration;
  /** The first time out; the second takes twice as long, and so on. @default 30s */
  readonly baseEjectionTime?: Duration;
  /** How many of the endpoints may be out at once. Istio takes out 10 % of them, which of few endpoints is one. @default 50 */
  readonly maxEjectionPercent?: number;
  /** Below this share of healthy endpoints nobody is out. @default 0 */
  readonly minHealthPercent?: number;
}

/** What {@link circuitBreaker} takes. */
export interface CircuitBreakerProps {
  /** @default - none */
  readonly limits?: ConnectionLimits;
  /** @default - endpoints stay in, whatever they answer */
  readonly outliers?: OutlierSettings;
  /** Where requests go first. @default - with `outliers`, everywhere alike: on its own outlier detection would keep requests in the caller's zone */
  readonly locality?: LocalityLoadBalancerSetting;
}

/** The part of a DestinationRule that protects a service: for `Resilience`, and as the `trafficPolicy` of every pattern that makes the rule of a host. */
export function circuitBreaker({ limits, outliers, locality }: CircuitBreakerProps): TrafficPolicy {
  const setting = locality ?? (outliers ? { enabled: false } : undefined);
  return {
    ...(limits ? { connectionPool: connectionPool(limits) } : {}),
    ...(outliers ? { outlierDetection: outlierDetection(outliers) } : {}),
    ...(setting ? { loadBalancer: { localityLbSetting: setting } } : {}),
  };
}

/** Settings of outlier detection with the defaults of this library. */
export function outlierDetection({ maxEjectionPercent = 50, ...settings }: OutlierSettings): OutlierDetection {
  for (const field of ['consecutive5xxErrors', 'consecutiveGatewayErrors'] as const) requireCount(field, settings[field] ?? undefined, 0);
  requirePercent('maxEjectionPercent', maxEjectionPercent);
  requirePercent('minHealthPercent', settings.minHealthPercent);
  return { ...settings, maxEjectionPercent };
}

function connectionPool(limits: ConnectionLimits): NonNullable<TrafficPolicy['connectionPool']> {
  const { connections, connectTimeout, pendingRequests, requests, retries, requestsPerConnection } = limits;
  for (const [field, value] of Object.entries({ connections, pendingRequests, requests, requestsPerConnection })) requireCount(field, value, 1);
  requireCount('retries', retries, 0);
  const tcp = present({ maxConnections: connections, connectTimeout });
  const http = present({
    http1MaxPendingRequests: pendingRequests,
    http2MaxRequests: requests,
    maxRetries: retries,
    maxRequestsPerConnection: requestsPerConnection,
  });
  return present({ tcp, http });
}

/** What of a circuit breaker works against itself. */
export function breakerContradictions({ limits = {}, outliers }: CircuitBreakerProps): Contradiction[] {
  const found: Contradiction[] = [];
  const add = (code: ResilienceWarning, field: string, message: string, fix: string): unknown =>
    found.push({ code, path: `spec.trafficPolicy.${field}`, message, fix });
  if (outliers) {
    const { consecutive5xxErrors = 5, consecutiveGatewayErrors, maxEjectionPercent = 50, minHealthPercent = 0 } = outliers;
    if (maxEjectionPercent === 100) {
      add(
        'resilience/all-endpoints-out',
        'outlierDetection.maxEjectionPercent',
        'At 100 % a fault that all endpoints share takes all of them out, and every request is answered with 503 until one is back.',
        'leave some in: maxEjectionPercent: 50',
      );
    }
    if (minHealthPercent > 0 && maxEjectionPercent > 100 - minHealthPercent) {
      add(
        'resilience/ejection-switched-off',
        'outlierDetection.minHealthPercent',
        `Below ${minHealthPercent} % healthy endpoints nobody is out any more, so that ${maxEjectionPercent} % are never reached.`,
        `maxEjectionPercent: ${100 - minHealthPercent} or less`,
      );
    }
    if (consecutiveGatewayErrors && consecutive5xxErrors > 0 && consecutiveGatewayErrors >= consecutive5xxErrors) {
      add(
        'resilience/gateway-errors-unused',
        'outlierDetection.consecutiveGatewayErrors',
        `Gateway errors are 5xx errors too: ${consecutive5xxErrors} of those take an endpoint out before ${consecutiveGatewayErrors} gateway errors do.`,
        `consecutiveGatewayErrors below ${consecutive5xxErrors}, or consecutive5xxErrors: 0`,
      );
    }
    if (consecutive5xxErrors === 0 && !consecutiveGatewayErrors) {
      add(
        'resilience/no-outliers',
        'outlierDetection.consecutive5xxErrors',
        'Nothing takes an endpoint out: 0 switches the only criterion off.',
        'consecutive5xxErrors: 5',
      );
    }
  }
  const single = Object.entries({ connections: limits.connections, pendingRequests: limits.pendingRequests, requests: limits.requests }).find(
    ([, limit]) => limit === 1,
  );
  if (single) {
    add(
      'resilience/limit-of-one',
      'connectionPool',
      `${single[0]}: 1 holds for each calling proxy: of two requests at a time one is answered with 503.`,
      'a limit above the usual load',
    );
  }
  return found;
}

function requireCount(field: string, value: number | undefined, least: number): void {
  if (value !== undefined && (!Number.isInteger(value) || value < least)) throw badInput(`${field} is ${value}; it is a whole number from ${least}`);
}

function requirePercent(field: string, value: number | undefined): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 0 || value > 100)) throw badInput(`${field} is ${value}; it is a whole number from 0 to 100`);
}

/** Drops what is undefined or has nothing in it. */
function present<T extends object>(fields: T): { [K in keyof T]: NonNullable<T[K]> } {
  const isEmpty = (value: unknown): boolean => value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as { [K in keyof T]: NonNullable<T[K]> };
}
