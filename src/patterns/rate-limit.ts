import type { Construct } from 'constructs';
import type { EnvoyConfigObjectPatch } from '../../imports/networking.istio.io';
import type { Duration, ObjectReference } from '../../imports/schema';
import { clusterDomain } from '../constructs/mesh-context';
import { fullyQualified } from '../manifest/host';
import { badInput } from './bad-input';
import { envoyDuration, insertHttpFilter, mergeVirtualHost, type ProxySide } from './envoy-patches';
import { nanoseconds } from './nanoseconds';
import { type PatchedProxies, ProxyPatch } from './proxy-patch';
import { isObject, namespaceOf } from './workload';

/** A limit that each pod counts for itself: with three pods the service answers three times as many. */
export interface LocalLimit {
  /** How many requests a pod answers in a period; the next ones get 429. */
  readonly requests: number;
  /** At least 50ms. */
  readonly per: Duration;
  /** How many may come at once after a quiet time. @default - as many as in a period */
  readonly burst?: number;
}

/** What the rate limit service is told about a request: a header, the caller's address, or a text. */
export type LimitKey = { readonly header: string; readonly as: string } | 'remote-address' | { readonly text: string };

/** A limit that a rate limit service counts for all pods. It has to be installed, and has the numbers. */
export interface GlobalLimit {
  readonly service: {
    /** The Service, or its name, full when it is in another namespace. The proxies must see it: name it in their Sidecars. */
    readonly host: string | ObjectReference;
    readonly port: number;
    /** @default 100ms */
    readonly timeout?: Duration;
    /** What happens while the service does not answer: true answers 500, false lets requests through. @default false */
    readonly failClosed?: boolean;
  };
  /** Whose limits they are, in the words of the service's configuration. */
  readonly domain: string;
  /** Each list is one descriptor; the strictest answer counts. */
  readonly descriptors: readonly (readonly LimitKey[])[];
}

/** Props of {@link RateLimit}. */
export type RateLimitProps = PatchedProxies & (LocalLimit | GlobalLimit) & { readonly at?: ProxySide };

/**
 * How many requests a workload answers; more are answered with 429 before they reach it. The limit is kept where requests enter the pod,
 * after those that policies refuse, unless `at` names another place, such as a gateway.
 */
export class RateLimit extends ProxyPatch {
  constructor(scope: Construct, id: string, props: RateLimitProps) {
    const { at = { context: 'SIDECAR_INBOUND' } } = props;
    super(scope, id, { ...props, patches: 'service' in props ? globalLimit(scope, props, at) : [localLimit(props, at)] });
  }
}

function localLimit({ requests, per, burst = requests }: LocalLimit, at: ProxySide): EnvoyConfigObjectPatch {
  for (const [field, value] of Object.entries({ requests, burst })) {
    if (!Number.isInteger(value) || value < 1) throw badInput(`${field} is ${value}; it is a whole number from 1`);
  }
  if (burst < requests) throw badInput(`a burst of ${burst} keeps the limit at ${burst} requests in ${per}, below the ${requests} that are meant`);
  if (nanoseconds(per) < 50_000_000n) throw badInput(`a period of ${per} is too short; Envoy counts in periods from 50ms`);
  const always = (key: string): object => ({ runtime_key: key, default_value: { numerator: 100, denominator: 'HUNDRED' } });
  return insertHttpFilter(at, {
    name: 'envoy.filters.http.local_ratelimit',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
      stat_prefix: 'http_local_rate_limiter',
      token_bucket: { max_tokens: burst, tokens_per_fill: requests, fill_interval: envoyDuration(per) },
      filter_enabled: always('local_rate_limit_enabled'),
      filter_enforced: always('local_rate_limit_enforced'),
    },
  });
}

function globalLimit(scope: Construct, { service, domain, descriptors }: GlobalLimit, at: ProxySide): EnvoyConfigObjectPatch[] {
  if (domain === '') throw badInput('the domain of the limits is empty');
  if (descriptors.length === 0 || descriptors.some((keys) => keys.length === 0))
    throw badInput('the rate limit service is told nothing: give descriptors with keys');
  const host = hostOf(scope, service.host);
  const filter = insertHttpFilter(at, {
    name: 'envoy.filters.http.ratelimit',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
      domain,
      failure_mode_deny: service.failClosed ?? false,
      timeout: envoyDuration(service.timeout ?? '100ms'),
      rate_limit_service: { transport_api_version: 'V3', grpc_service: { envoy_grpc: { cluster_name: `outbound|${service.port}||${host}`, authority: host } } },
    },
  });
  const rateLimits = descriptors.map((keys) => ({ actions: keys.map(action) }));
  // Routes of gateways know the port of the Gateway, not that of its pods: they are all told, and only those with the filter ask.
  return [filter, mergeVirtualHost({ context: at.context }, { rate_limits: rateLimits })];
}

function action(key: LimitKey): object {
  if (key === 'remote-address') return { remote_address: {} };
  return 'text' in key ? { generic_key: { descriptor_value: key.text } } : { request_headers: { header_name: key.header, descriptor_key: key.as } };
}

function hostOf(scope: Construct, host: string | ObjectReference): string {
  const namespace = namespaceOf(scope, isObject(host) ? host : undefined);
  const name = isObject(host) ? host.name : host;
  if (!name.includes('.') && namespace === undefined) throw badInput(`the namespace of Service ${name} is part of what is written here: write its full name`);
  return fullyQualified(name, namespace ?? '', clusterDomain(scope));
}
