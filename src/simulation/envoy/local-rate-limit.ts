import { parseDuration } from '../../manifest/duration';
import type { FilterContext, HttpFilter, Verdict } from './filter';

/** The configuration of Envoy's local rate limit, as far as it is read here. */
interface LocalRateLimit {
  readonly token_bucket?: { readonly max_tokens?: number; readonly tokens_per_fill?: number; readonly fill_interval?: string };
  readonly filter_enabled?: RuntimePercent;
  readonly filter_enforced?: RuntimePercent;
  readonly status?: { readonly code?: number };
}

interface RuntimePercent {
  readonly default_value?: { readonly numerator?: number; readonly denominator?: string };
}

/** Fields beside those that are read; with any of them the filter does more than is simulated. */
const known: ReadonlySet<string> = new Set(['@type', 'stat_prefix', 'token_bucket', 'filter_enabled', 'filter_enforced', 'status']);

/** Envoy's local rate limit: every proxy has a bucket of tokens, and without a token a request is answered 429. Undefined for configurations that do more. */
export function localRateLimitFilter(name: string, configuration: object): HttpFilter | undefined {
  const { token_bucket: bucket, filter_enabled: enabled, filter_enforced: enforced, status } = configuration as LocalRateLimit;
  const interval = Number((parseDuration(bucket?.fill_interval ?? '') ?? 0n) / 1_000_000n);
  if (bucket?.max_tokens === undefined || interval <= 0 || Object.keys(configuration).some((field) => !known.has(field))) return undefined;
  const limit = { max: bucket.max_tokens, perFill: bucket.tokens_per_fill ?? 1, interval };
  return {
    name: 'envoy.filters.http.local_ratelimit',
    apply(_request, context): Verdict {
      const { journey, proxy } = context;
      if (!journey.chance.happens(percentageOf(enabled)) || takeToken(context, `${proxy.name}.${proxy.namespace} ${name}`, limit)) return { kind: 'pass' };
      if (!journey.chance.happens(percentageOf(enforced))) return { kind: 'pass' };
      journey.note({ decision: 'answer', proxy, text: `more than ${limit.perFill} requests in ${interval} ms: the local rate limit refuses this one` });
      return { kind: 'answer', status: status?.code ?? 429, body: 'local_rate_limited', details: 'local_rate_limited', flags: 'RL' };
    },
  };
}

/** Takes a token, if there is one. Buckets start full, and are filled by whole intervals. */
function takeToken(
  { journey }: FilterContext,
  key: string,
  { max, perFill, interval }: { readonly max: number; readonly perFill: number; readonly interval: number },
): boolean {
  const { memory } = journey;
  const before = memory.bucket(key) ?? { tokens: max, filledAt: memory.now };
  const fills = Math.floor((memory.now - before.filledAt) / interval);
  const tokens = Math.min(max, before.tokens + fills * perFill);
  const filledAt = before.filledAt + fills * interval;
  journey.memory = memory.withBucket(key, { tokens: Math.max(0, tokens - 1), filledAt });
  return tokens > 0;
}

function percentageOf({ default_value: { numerator = 0, denominator = 'HUNDRED' } = {} }: RuntimePercent = {}): number {
  const scale = denominator === 'MILLION' ? 10_000 : denominator === 'TEN_THOUSAND' ? 100 : 1;
  return numerator / scale;
}
