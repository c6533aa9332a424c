import { milliseconds } from '../../manifest/duration';
import { isPortNumber } from '../../manifest/port';
import { compare } from '../../mesh/config-object';
import { type MeshModel, perMesh } from '../../mesh/model';
import { servicesOfHost } from '../../mesh/visibility';
import { isDefinedHttpStatus } from '../../validation/grammar/status';
import type { ExtAuthzProvider } from '../envoy/ext-authz';
import { caselessValueTest } from './text-tests';

/** The fields that providers of both protocols have, as MeshConfig writes them, and those of HTTP. */
interface ProviderFields {
  readonly service?: string;
  readonly port?: number;
  readonly timeout?: string;
  readonly failOpen?: boolean;
  readonly statusOnError?: string | number;
  readonly pathPrefix?: string;
  readonly includeRequestHeadersInCheck?: readonly string[];
  readonly includeHeadersInCheck?: readonly string[];
  readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;
  readonly includeRequestBodyInCheck?: { readonly maxRequestBytes?: number; readonly allowPartialMessage?: boolean };
  readonly headersToUpstreamOnAllow?: readonly string[];
  readonly headersToDownstreamOnAllow?: readonly string[];
  readonly headersToDownstreamOnDeny?: readonly string[];
}

/** A provider of the mesh configuration that can be asked, or why it cannot. */
export function extAuthzProvider(mesh: MeshModel, name: string): ExtAuthzProvider | string {
  return providers(mesh).get(name) ?? `the mesh configuration has no provider ${JSON.stringify(name)} that decides about requests`;
}

const providers = perMesh((mesh) => {
  const known = new Map<string, ExtAuthzProvider | string>();
  for (const provider of mesh.config.extensionProviders) {
    const { name } = provider;
    const { envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc } = provider as {
      readonly envoyExtAuthzHttp?: ProviderFields;
      readonly envoyExtAuthzGrpc?: ProviderFields;
    };
    const fields = http ?? grpc;
    if (fields === undefined) continue;
    known.set(name, known.has(name) ? `two providers are named ${name}` : readProvider(mesh, name, http === undefined ? 'grpc' : 'http', fields));
  }
  return known;
});

function readProvider(mesh: MeshModel, name: string, protocol: 'http' | 'grpc', fields: ProviderFields): ExtAuthzProvider | string {
  const { service = '', port = 0, pathPrefix = '', statusOnError = '', failOpen = false } = fields;
  if (!/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return `${JSON.stringify(name)} is no name for a provider`;
  if (!isPortNumber(port)) return `${port} is no port`;
  const status = String(statusOnError);
  if (status !== '' && !isDefinedHttpStatus(status)) return `statusOnError ${status} is no status of HTTP`;
  const hostname = hostOf(mesh, service);
  if (hostname === undefined) return `the mesh has no service ${service}, or several of that name`;
  if (protocol === 'http' && pathPrefix !== '' && !pathPrefix.startsWith('/')) return `the pathPrefix ${pathPrefix} does not begin with a slash`;
  const lists = headerLists.map((list) => fields[list] ?? []);
  if (protocol === 'http' && lists.some((list) => list.includes('*'))) return 'a lone * is no pattern for headers';
  const { maxRequestBytes, allowPartialMessage = false } = fields.includeRequestBodyInCheck ?? {};
  return {
    name,
    protocol,
    cluster: `outbound|${port}||${hostname}`,
    failOpen,
    statusOnError: status === '' ? 403 : Number(status),
    timeout: fields.timeout === undefined ? DEFAULT_TIMEOUT : milliseconds(fields.timeout),
    pathPrefix,
    sends: headerTest(fields.includeRequestHeadersInCheck ?? fields.includeHeadersInCheck ?? []),
    adds: Object.entries(fields.includeAdditionalHeadersInCheck ?? {}).sort(([one], [other]) => compare(one, other)),
    ...(maxRequestBytes === undefined ? {} : { body: { maxBytes: maxRequestBytes, allowPartial: allowPartialMessage } }),
    forwards: headerTest(fields.headersToUpstreamOnAllow ?? []),
    answersOnAllow: headerTest(fields.headersToDownstreamOnAllow ?? []),
    ...(fields.headersToDownstreamOnDeny?.length ? { answersOnDeny: headerTest(fields.headersToDownstreamOnDeny) } : {}),
  };
}

const headerLists = [
  'includeRequestHeadersInCheck',
  'includeHeadersInCheck',
  'headersToUpstreamOnAllow',
  'headersToDownstreamOnAllow',
  'headersToDownstreamOnDeny',
] as const;

/** What istiod writes where nothing is said: 600 s. */
const DEFAULT_TIMEOUT = 600_000;

/** The host of a service of the mesh, written as `host` or `namespace/host`; a host alone has to be that of one service only. */
function hostOf(mesh: MeshModel, service: string): string | undefined {
  const parts = service.split('/');
  const [namespace, hostname] = parts.length === 2 ? parts : [undefined, service];
  const found = servicesOfHost(mesh, hostname as string).filter((each) => namespace === undefined || each.namespace === namespace);
  return found.length === 1 ? found[0]?.hostname : undefined;
}

/** Whether a header is one of a list with `abc`, `abc*` and `*abc` in it, without regard to case. */
function headerTest(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map(caselessValueTest);
  return (name) => tests.some((test) => test(name));
}
