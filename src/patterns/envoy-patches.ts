import type { EnvoyConfigObjectMatch, EnvoyConfigObjectPatch, RouteConfigurationMatch } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { badInput } from './bad-input';
import { nanoseconds } from './nanoseconds';

/** Requests as they enter the pod of a server. */
export interface SidecarInbound {
  readonly context: 'SIDECAR_INBOUND';
  /** Of the pod, not of its Service. @default - all */
  readonly port?: number;
}

/** Requests as they leave the pod of a client. */
export interface SidecarOutbound {
  readonly context: 'SIDECAR_OUTBOUND';
  /** Of the Services that are called. @default - all */
  readonly port?: number;
}

/** Requests at a gateway. */
export interface AtGateway {
  readonly context: 'GATEWAY';
  /** That the pods of the gateway listen on, such as 8080 behind port 80 of its Service. @default - all */
  readonly port?: number;
  /** The host of a TLS server of the gateway. @default - all */
  readonly sni?: string;
}

/** Which of the requests that a proxy sees. */
export type ProxySide = SidecarInbound | SidecarOutbound | AtGateway;

/** Where in a chain of HTTP filters a new one goes. */
export interface InChain {
  /** The filter that it stands before; `first` is before all, such as those that check tokens and policies. @default 'envoy.filters.http.router' */
  readonly before?: 'first' | 'envoy.filters.http.router' | (string & {});
}

/** Which virtual hosts of the routes of a proxy. */
export type VirtualHosts =
  | ((SidecarInbound | SidecarOutbound) & {
      /** As Envoy knows it: `reviews.bookinfo.svc.cluster.local:9080`, or `inbound|http|9080`. @default - all */
      readonly virtualHost?: string;
    })
  | (Omit<AtGateway, 'port' | 'sni'> & {
      readonly virtualHost?: string;
      /** The Gateway, as `namespace/name`. @default - all */
      readonly gateway?: string;
      /** The port of the Gateway's server. @default - all */
      readonly port?: number;
    });

/** An HTTP filter of Envoy: with its configuration, or as the name of one that is added as an extension. */
export type HttpFilter = { readonly name: string } & (
  | { readonly typed_config: { readonly '@type': string; readonly [field: string]: unknown } }
  | { readonly config_discovery: { readonly [field: string]: unknown } }
);

const manager = 'envoy.filters.network.http_connection_manager';
const router = 'envoy.filters.http.router';

/** Adds a filter to the chain of HTTP filters. Throws for names and types of configuration that Envoy no longer knows. */
export function insertHttpFilter({ before = router, ...side }: ProxySide & InChain, filter: HttpFilter): EnvoyConfigObjectPatch {
  requireCurrent(filter.name, 'typed_config' in filter ? filter.typed_config['@type'] : undefined);
  const filterChain = {
    ...('sni' in side && side.sni !== undefined ? { sni: side.sni } : {}),
    filter: { name: manager, ...(before === 'first' ? {} : { subFilter: { name: before } }) },
  };
  const match: EnvoyConfigObjectMatch = { context: side.context, listener: { ...(side.port === undefined ? {} : { portNumber: side.port }), filterChain } };
  return { applyTo: 'HTTP_FILTER', match, patch: { operation: before === 'first' ? 'INSERT_FIRST' : 'INSERT_BEFORE', value: filter } };
}

/** Merges fields into virtual hosts, such as `rate_limits` or `typed_per_filter_config`. */
export function mergeVirtualHost({ context, port, virtualHost, ...where }: VirtualHosts, value: { readonly [field: string]: unknown }): EnvoyConfigObjectPatch {
  const routeConfiguration: RouteConfigurationMatch = {
    ...(port === undefined ? {} : { portNumber: port }),
    ...('gateway' in where && where.gateway !== undefined ? { gateway: where.gateway } : {}),
    ...(virtualHost === undefined ? {} : { vhost: { name: virtualHost } }),
  };
  return { applyTo: 'VIRTUAL_HOST', match: { context, routeConfiguration }, patch: { operation: 'MERGE', value } };
}

/** A WebAssembly module that proxies fetch. Where a WasmPlugin can say it, prefer that. */
export interface WasmModule {
  /** The name of the extension, and of the filter. */
  readonly name: string;
  readonly uri: string;
  /** The checksum of the module; without it a proxy runs whatever it is given. */
  readonly sha256?: string;
  /** @default - the name */
  readonly rootId?: string;
  /** @default - the name */
  readonly vmId?: string;
  /** @default 'v8' */
  readonly runtime?: 'v8' | 'wamr' | 'wasmtime';
  /** What the module is given, as JSON. @default - nothing */
  readonly configuration?: { readonly [field: string]: unknown };
}

/** Adds a WebAssembly module: its filter, and the extension that the filter names. */
export function insertWasm(place: ProxySide & InChain, module: WasmModule): EnvoyConfigObjectPatch[] {
  const { name, uri, sha256, rootId = name, vmId = name, runtime = 'v8', configuration } = module;
  const type = 'type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm';
  const config = {
    root_id: rootId,
    ...(configuration ? { configuration: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: JSON.stringify(configuration) } } : {}),
    vm_config: { vm_id: vmId, runtime: `envoy.wasm.runtime.${runtime}`, code: { remote: { http_uri: { uri }, ...(sha256 ? { sha256 } : {}) } } },
  };
  return [
    insertHttpFilter(place, { name, config_discovery: { config_source: { ads: {}, initial_fetch_timeout: '0s' }, type_urls: [type] } }),
    { applyTo: 'EXTENSION_CONFIG', match: { context: place.context }, patch: { operation: 'ADD', value: { name, typed_config: { '@type': type, config } } } },
  ];
}

/** A length of time as Envoy reads it: seconds only. */
export function envoyDuration(duration: Duration): string {
  const milliseconds = Number(nanoseconds(duration)) / 1e6;
  return `${milliseconds / 1000}s`;
}

/** Names of filters from before `envoy.filters.…`, and configuration of Envoy's second interface, are ignored without a word. */
function requireCurrent(name: string, type: string | undefined): void {
  if (/^envoy\.(?!filters\.)/.test(name))
    throw badInput(`${name} is a name that Envoy no longer knows; it is now envoy.filters.http.${name.slice('envoy.'.length)}`);
  if (type !== undefined && (!type.startsWith('type.googleapis.com/') || /\.v2(?:alpha|beta)?\d?\./.test(type))) {
    throw badInput(`${JSON.stringify(type)} is no type of Envoy's third interface, such as type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua`);
  }
}
