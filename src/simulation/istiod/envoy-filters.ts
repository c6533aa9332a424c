import { labelsMatch } from '../../manifest/labels';
import type { ConfigObject } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import { type MeshModel, perMesh } from '../../mesh/model';
import type { Workload } from '../../mesh/workload';
import type { HttpFilter } from '../envoy/filter';
import { localRateLimitFilter } from '../envoy/local-rate-limit';
import { luaHeaderFilter } from '../envoy/lua-headers';
import type { Side } from '../envoy/side';

interface EnvoyFilterSpec {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly configPatches?: readonly Patch[];
  readonly priority?: number;
}

interface Patch {
  readonly applyTo?: string;
  readonly match?: {
    readonly context?: string;
    readonly listener?: { readonly portNumber?: number; readonly filterChain?: { readonly filter?: { readonly subFilter?: { readonly name?: string } } } };
  };
  readonly patch?: { readonly operation?: string; readonly value?: { readonly name?: string; readonly typed_config?: Readonly<Record<string, unknown>> } };
}

/** A filter that an EnvoyFilter puts right before the router. */
interface PatchedFilter {
  readonly context: string;
  readonly port?: number;
  readonly filter: HttpFilter;
}

const contexts: Readonly<Record<Side, string>> = { inbound: 'SIDECAR_INBOUND', outbound: 'SIDECAR_OUTBOUND', gateway: 'GATEWAY' };
const ROUTER = 'envoy.filters.http.router';

/**
 * The filters that EnvoyFilters put before the router of a listener. Simulated are Lua programs that only change headers, and local rate limits.
 * @param port of the listener: of the pod at the server's side and at gateways, of the service at the caller's
 */
export function patchedFilters(mesh: MeshModel, proxy: Workload, side: Side, port: number): readonly HttpFilter[] {
  const { simulated } = patchesFor(mesh, proxy);
  if (simulated.length === 0) return none;
  return simulated
    .filter((patch) => (patch.context === 'ANY' || patch.context === contexts[side]) && (patch.port ?? port) === port)
    .map(({ filter }) => filter);
}

/** EnvoyFilters that apply to a proxy and do something that is not simulated. */
export function unsimulatedEnvoyFilters(mesh: MeshModel, proxy: Workload): readonly ConfigObject<unknown>[] {
  return patchesFor(mesh, proxy).unsimulated;
}

interface Patches {
  readonly simulated: readonly PatchedFilter[];
  readonly unsimulated: readonly ConfigObject<unknown>[];
}

const none: readonly HttpFilter[] = [];
const patches = perMesh(() => new Map<Workload, Patches>());

/** In the order in which they are applied: by priority, those of the root namespace first, then the older first. */
const envoyFilters = perMesh(({ config, objects }) => {
  const isOfRoot = ({ namespace }: ConfigObject<unknown>) => namespace === config.rootNamespace;
  const filters = objects.others.filter(({ kind }) => kind === 'EnvoyFilter') as readonly ConfigObject<EnvoyFilterSpec>[];
  return [...filters]
    .sort((one, other) => (one.spec.priority ?? 0) - (other.spec.priority ?? 0) || Number(isOfRoot(other)) - Number(isOfRoot(one)))
    .map((object) => ({
      object,
      filters: (object.spec.configPatches ?? []).map((patch, index) => read(patch, `${object.namespace}/${object.name} ${index}`)),
    }));
});

function patchesFor(mesh: MeshModel, proxy: Workload): Patches {
  return entryOf(patches(mesh), proxy, () => {
    const applied = envoyFilters(mesh).filter(
      ({ object: { namespace, spec } }) =>
        (namespace === mesh.config.rootNamespace || namespace === proxy.namespace) && labelsMatch(spec.workloadSelector?.labels ?? {}, proxy.labels),
    );
    return {
      simulated: applied.flatMap(({ filters }) => filters.flatMap((filter) => (filter === undefined ? [] : [filter]))),
      unsimulated: applied.flatMap(({ object, filters }) => (filters.includes(undefined) ? [object] : [])),
    };
  });
}

function read({ applyTo, match = {}, patch = {} }: Patch, name: string): PatchedFilter | undefined {
  const { context = 'ANY', listener = {} } = match;
  const before = listener.filterChain?.filter?.subFilter?.name;
  const isBeforeRouter = applyTo === 'HTTP_FILTER' && patch.operation === 'INSERT_BEFORE' && before === ROUTER;
  const filter = isBeforeRouter ? filterOf(patch.value, name) : undefined;
  return filter && { context, ...(listener.portNumber === undefined ? {} : { port: listener.portNumber }), filter };
}

function filterOf(value: NonNullable<Patch['patch']>['value'], name: string): HttpFilter | undefined {
  const configuration = value?.typed_config ?? {};
  switch (configuration['@type']) {
    case 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua': {
      const code =
        configuration.inlineCode ??
        configuration.inline_code ??
        (configuration.default_source_code as { readonly inline_string?: unknown } | undefined)?.inline_string;
      return typeof code === 'string' ? luaHeaderFilter(code) : undefined;
    }
    case 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit':
      return localRateLimitFilter(name, configuration);
    default:
      return undefined;
  }
}
