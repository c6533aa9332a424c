// One request per second: a local rate limit in the sidecar of the server, which Istio has no kind for, so an EnvoyFilter places it.
// Every pod counts for itself; a limit over all pods takes a service that counts for them.
import type { Construct } from 'constructs';
import { EnvoyFilter, ignoreFinding } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo } from '../workloads/bookinfo';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link RateLimiting}. */
export interface RateLimitingProps extends ScenarioProps {
  /** How many requests a pod answers in a second. @default 1 */
  readonly requestsPerSecond?: number;
}

/** Bookinfo whose ratings answer one request per second. */
export class RateLimiting extends ScenarioChart {
  constructor(scope: Construct, id: string, { requestsPerSecond = 1, ...props }: RateLimitingProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this);
    const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
    const filter = new EnvoyFilter(this, 'limit', {
      metadata: { name: 'ratings-rate-limit' },
      workloadSelector: { labels: { app: 'ratings' } },
      configPatches: [
        {
          applyTo: 'HTTP_FILTER',
          match: {
            context: 'SIDECAR_INBOUND',
            listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } } },
          },
          patch: {
            operation: 'INSERT_BEFORE',
            value: {
              name: 'envoy.filters.http.local_ratelimit',
              typed_config: {
                '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
                stat_prefix: 'http_local_rate_limiter',
                token_bucket: { max_tokens: requestsPerSecond, tokens_per_fill: requestsPerSecond, fill_interval: '1s' },
                filter_enabled: { runtime_key: 'local_rate_limit_enabled', ...always },
                filter_enforced: { runtime_key: 'local_rate_limit_enforced', ...always },
              },
            },
          },
        },
      ],
    });
    ignoreFinding(filter, 'envoy-filter/internal-interface', 'patching Envoy is what the scenario shows');
  }
}

const asksRatings = (status: number, waitMs = 0) => ({ from: 'reviews-v2', url: 'http://ratings:9080/ratings/0', waitMs, expect: { status } });

export const rateLimiting = defineScenario({
  id: 'classic/rate-limiting',
  title: 'One request per second',
  chart: RateLimiting,
  claims: [{ name: 'the second request within a second is answered with 429', calls: [asksRatings(200), asksRatings(429), asksRatings(200, 1_200)] }],
});
