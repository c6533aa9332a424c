import type { HashPolicy } from './cluster';
import { type HttpRequest, headerValues } from './http';
import { xxHash64 } from './xx-hash';

/** What a caller is bound by, as Envoy counts it; nothing where the request has none of it. */
export function hashKey(policies: readonly HashPolicy[], request: HttpRequest | undefined, sourceIp: string): bigint | undefined {
  let key: bigint | undefined;
  for (const policy of policies) {
    const hash = hashOf(policy, request, sourceIp);
    // What was found before is rotated, so that two equal hashes do not cancel each other out.
    if (hash !== undefined) key = key === undefined ? hash : BigInt.asUintN(64, (key << 1n) | (key >> 63n)) ^ hash;
  }
  return key;
}

function hashOf(policy: HashPolicy, request: HttpRequest | undefined, sourceIp: string): bigint | undefined {
  if (policy.kind === 'sourceIp') return xxHash64(sourceIp);
  if (request === undefined) return undefined;
  switch (policy.kind) {
    case 'header': {
      const values = [...headerValues(request, policy.name)].sort();
      return values.length === 0 ? undefined : values.reduce((seed, value) => xxHash64(value, seed), 0n);
    }
    case 'cookie': {
      const value = cookieOf(request, policy.name);
      return value ? xxHash64(value) : undefined;
    }
    case 'query': {
      const value = queryParameter(request.path, policy.name);
      return value === undefined ? undefined : xxHash64(value);
    }
  }
}

/** The cookies that a proxy has to hand out, so that the caller can be bound the next time: those with a lifetime that the request lacks. */
export function missingCookies(policies: readonly HashPolicy[], request: HttpRequest): readonly (HashPolicy & { readonly kind: 'cookie' })[] {
  return policies.filter((policy) => policy.kind === 'cookie').filter(({ name, ttl }) => ttl !== undefined && !cookieOf(request, name));
}

function cookieOf({ headers }: HttpRequest, name: string): string | undefined {
  for (const header of headers.all('cookie')) {
    for (const pair of header.split(';')) {
      const [key = '', ...value] = pair.trim().split('=');
      if (key === name) return value.join('=').replace(/^"(.*)"$/, '$1');
    }
  }
  return undefined;
}

function queryParameter(path: string, name: string): string | undefined {
  const [, query = ''] = /^[^#?]*\?([^#]*)/.exec(path) ?? [];
  for (const pair of query.split('&')) {
    const [key, ...value] = pair.split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
