import { isHttp, type Protocol } from '../../manifest/port';
import type { MtlsMode } from '../../mesh/peer-authentications';
import type { FilterChainMatch } from '../envoy/filter-chain-match';

/** A filter chain of the inbound side: what it takes, beside its port, and what it does with it. */
export interface InboundMatch {
  readonly match: FilterChainMatch;
  readonly protocol: 'http' | 'tcp';
  /** Whether TLS ends here. */
  readonly endsTls: boolean;
}

/** How a port is served: as HTTP, as bytes, or as whichever the bytes look like. */
export type Treatment = 'http' | 'tcp' | 'sniffed';

/** What bytes of a plaintext connection look like that are HTTP. */
const PLAINTEXT_HTTP: readonly string[] = ['http/1.1', 'h2c'];

const MTLS_HTTP: readonly string[] = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
const MTLS_TCP: readonly string[] = ['istio-peer-exchange', 'istio'];
const MTLS: readonly string[] = [...MTLS_TCP, ...MTLS_HTTP];

/** How sidecars serve a port of a protocol. */
export function treatmentOf(protocol: Protocol | undefined): Treatment {
  if (protocol === undefined) return 'sniffed';
  return isHttp(protocol) ? 'http' : 'tcp';
}

function plain(protocol: 'http' | 'tcp', applicationProtocols: readonly string[] = []): InboundMatch {
  return { match: { subnets: [], serverNames: [], transport: 'raw_buffer', applicationProtocols }, protocol, endsTls: false };
}

/** TLS that ends at the sidecar. */
export function ended(protocol: 'http' | 'tcp', applicationProtocols: readonly string[] = []): InboundMatch {
  return { match: { subnets: [], serverNames: [], transport: 'tls', applicationProtocols }, protocol, endsTls: true };
}

/** TLS that is the application's own affair. */
const carried: InboundMatch = { ...ended('tcp'), endsTls: false };

/** The filter chains of one port, by how it is served and by the mode in which it accepts connections. */
export const INBOUND_MATCHES: Readonly<Record<Treatment, Readonly<Record<MtlsMode, readonly InboundMatch[]>>>> = {
  http: {
    STRICT: [ended('http')],
    PERMISSIVE: [ended('http', MTLS), plain('http')],
    DISABLE: [plain('http')],
  },
  tcp: {
    STRICT: [ended('tcp')],
    PERMISSIVE: [ended('tcp', MTLS), carried, plain('tcp')],
    DISABLE: [plain('tcp')],
  },
  sniffed: {
    STRICT: [ended('http', MTLS_HTTP), ended('tcp')],
    PERMISSIVE: [ended('http', MTLS_HTTP), plain('http', PLAINTEXT_HTTP), ended('tcp', MTLS_TCP), plain('tcp'), carried],
    DISABLE: [plain('http', PLAINTEXT_HTTP), plain('tcp')],
  },
};
