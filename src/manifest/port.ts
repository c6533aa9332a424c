/** The protocols that Istio tells apart, named as Istio prints them. */
export type Protocol = 'TCP' | 'UDP' | 'GRPC' | 'GRPC-Web' | 'HTTP' | 'HTTP_PROXY' | 'HTTP2' | 'HTTPS' | 'TLS' | 'Mongo' | 'Redis' | 'MySQL';

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'GRPC', 'GRPC-Web', 'HTTP', 'HTTP_PROXY', 'HTTP2', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL'];
const byName = new Map(protocols.map((protocol) => [protocol.toLowerCase(), protocol]));

/** Reads a protocol in any case (`http`, `HTTP2`, `grpc-web`); nothing for a name that Istio does not know. */
export function parseProtocol(name: string): Protocol | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether requests are routed one by one: HTTP in all its forms, and gRPC. */
export function isHttp(protocol: Protocol | undefined): boolean {
  return protocol === 'HTTP' || protocol === 'HTTP2' || protocol === 'HTTP_PROXY' || protocol === 'GRPC' || protocol === 'GRPC-Web';
}

/** Whether HTTP/2 is spoken, as gRPC does too. */
export function isHttp2(protocol: Protocol | undefined): boolean {
  return protocol === 'HTTP2' || protocol === 'GRPC' || protocol === 'GRPC-Web';
}

/** Whether connections are routed as a whole; TLS that is not terminated counts. */
export function isTcp(protocol: Protocol | undefined): boolean {
  return protocol === 'TCP' || protocol === 'HTTPS' || protocol === 'TLS' || protocol === 'Mongo' || protocol === 'Redis' || protocol === 'MySQL';
}

/** Whether the traffic is TLS already when it arrives. */
export function isTls(protocol: Protocol | undefined): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

/** Whether a number can be a port. */
export function isPortNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Ports whose protocol Istio does not guess, because servers on them speak first. */
const neverSniffed: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

const kubernetesNames = new Map<string, Protocol>([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

/** A port of a Kubernetes Service, as its manifest has it. */
export interface ServicePort {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/**
 * The protocol that Istio gives to a port of a Service: `appProtocol` if there is one, else what the name says before its first `-`. Nothing means that
 * Istio looks at the traffic to tell HTTP from TCP. An `appProtocol` that Istio does not know hides the name.
 */
export function servicePortProtocol({ port, name = '', protocol, appProtocol }: ServicePort): Protocol | undefined {
  if (protocol === 'UDP') {
    return 'UDP';
  }
  const kubernetes = appProtocol === undefined ? undefined : kubernetesNames.get(appProtocol);
  if (kubernetes !== undefined) {
    return kubernetes;
  }
  const text = appProtocol ?? name;
  // The one protocol with a hyphen in it; whatever follows belongs to the name.
  if (/^grpc-web/i.test(text)) {
    return 'GRPC-Web';
  }
  return parseProtocol(text.split('-', 1)[0] as string) ?? (neverSniffed.has(port) ? 'TCP' : undefined);
}
