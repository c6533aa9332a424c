import { type Headers, type HttpRequest, headerValues } from './http';
import type { Stream } from './stream';

/** What the variables of a header's value can say. */
export interface FormatContext {
  readonly stream: Stream;
  /** As it is at that moment: with the changes that were made before. */
  readonly request: HttpRequest;
  /** Absent while a request is changed. */
  readonly response?: Headers;
  /** The status of an answer that came from a server; 0 for answers of the proxy's own. */
  readonly responseCode: number;
}

/** Makes a value for a request or a response. */
export type HeaderFormat = (context: FormatContext) => string;

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, HeaderFormat>();

/** Reads the value of a header operation: text, `%%` for a percent sign, and variables such as `%REQ(x-id)%`. Variables without a value leave nothing. */
export function headerFormat(value: string): HeaderFormat {
  let format = remembered.get(value);
  if (format === undefined) {
    format = read(value);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(value, format);
  }
  return format;
}

const variable = /%(?:%|([A-Z_0-9]+)(?:\(((?:[^)\\]|\\.)*)\))?\s*(?::(\d+))?%)/g;

function read(value: string): HeaderFormat {
  if (!value.includes('%')) return () => value;
  const parts: HeaderFormat[] = [];
  let position = 0;
  for (const found of value.matchAll(variable)) {
    const [whole, name, argument = '', length] = found;
    const before = value.slice(position, found.index);
    if (before !== '') parts.push(() => before);
    position = found.index + whole.length;
    parts.push(name === undefined ? () => '%' : limited(variables[name], argument, length));
  }
  const rest = value.slice(position);
  if (rest !== '') parts.push(() => rest);
  return (context) => parts.map((part) => part(context)).join('');
}

type Variable = (context: FormatContext, argument: string) => string | undefined;

function limited(meaning: Variable | undefined, argument: string, length: string | undefined): HeaderFormat {
  if (meaning === undefined) return () => '';
  const limit = length === undefined ? undefined : Number(length);
  return (context) => (meaning(context, argument) ?? '').slice(0, limit);
}

/** Made up where a caller's port would stand: simulated connections have none. */
const NO_PORT = 0;

const variables: Readonly<Record<string, Variable>> = {
  REQ: ({ request }, argument) => alternatives(argument, (name) => headerValues(request, name)[0]),
  RESP: ({ response }, argument) => alternatives(argument, (name) => response?.get(name)),
  PATH: ({ request: { path } }, argument) => (argument.startsWith('NQ') ? path.split('?', 1)[0] : path),
  QUERY_PARAM: ({ request: { path } }, argument) => queryParameter(path, argument),
  PROTOCOL: () => 'HTTP/1.1',
  REQUESTED_SERVER_NAME: ({ stream }) => stream.peer.sni,
  DOWNSTREAM_REMOTE_ADDRESS: ({ stream }) => `${stream.peer.remoteIp}:${NO_PORT}`,
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: ({ stream }) => stream.peer.remoteIp,
  DOWNSTREAM_REMOTE_PORT: () => String(NO_PORT),
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS: ({ stream }) => `${stream.peer.ip}:${NO_PORT}`,
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: ({ stream }) => stream.peer.ip,
  DOWNSTREAM_LOCAL_ADDRESS: ({ stream }) => `${stream.peer.destination.ip}:${stream.peer.destination.port}`,
  DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT: ({ stream }) => stream.peer.destination.ip,
  DOWNSTREAM_LOCAL_PORT: ({ stream }) => String(stream.peer.destination.port),
  DOWNSTREAM_PEER_URI_SAN: ({ stream }) => stream.peer.certificate?.uri,
  DOWNSTREAM_PEER_DNS_SAN: ({ stream }) => stream.peer.certificate?.hosts.join(),
  DOWNSTREAM_PEER_SUBJECT: ({ stream }) => (stream.peer.certificate?.cn ? `CN=${stream.peer.certificate.cn}` : undefined),
  DOWNSTREAM_LOCAL_URI_SAN: ({ stream }) => stream.chain.tls?.certificate.uri,
  DOWNSTREAM_LOCAL_DNS_SAN: ({ stream }) => stream.chain.tls?.certificate.hosts.join(),
  DOWNSTREAM_TLS_VERSION: ({ stream }) => (stream.isTls ? 'TLSv1.3' : undefined),
  FILTER_CHAIN_NAME: ({ stream }) => (stream.manager.side === 'inbound' ? stream.chain.name : undefined),
  HOSTNAME: ({ stream }) => stream.proxy.name,
  ROUTE_NAME: ({ stream }) => stream.hop.route,
  UPSTREAM_CLUSTER: ({ stream: { hop } }) => (hop.cluster === undefined ? undefined : `${hop.cluster};`),
  UPSTREAM_CLUSTER_RAW: ({ stream }) => stream.hop.cluster,
  UPSTREAM_HOST: ({ stream }) => stream.upstreamHost,
  UPSTREAM_REMOTE_ADDRESS: ({ stream }) => stream.upstreamHost,
  UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: ({ stream }) => stream.upstreamHost.replace(/:\d+$/, ''),
  UPSTREAM_REMOTE_PORT: ({ stream }) => /\d+$/.exec(stream.upstreamHost)?.[0],
  UPSTREAM_REQUEST_ATTEMPT_COUNT: ({ stream }) => String(stream.hop.attempts ?? 0),
  RESPONSE_CODE: ({ responseCode }) => String(responseCode),
  RESPONSE_CODE_DETAILS: ({ stream }) => stream.hop.details,
  RESPONSE_FLAGS: ({ stream }) => stream.hop.flags ?? '-',
};

/** `X?Y:10`: one header, or another where that is missing, and at most so much of it. */
function alternatives(argument: string, get: (name: string) => string | undefined): string | undefined {
  const [names, length] = argument.split(/:(?=\d+$)/);
  const [first = '', second] = (names as string).split('?');
  const value = get(first.toLowerCase()) ?? (second === undefined ? undefined : get(second.toLowerCase()));
  return length === undefined ? value : value?.slice(0, Number(length));
}

function queryParameter(path: string, name: string): string | undefined {
  const question = path.indexOf('?');
  const parts = question < 0 ? [] : path.slice(question + 1).split('&');
  return parts.find((part) => part === name || part.startsWith(`${name}=`))?.slice(name.length + 1);
}
