import { type MeshModel, perMesh } from '../../mesh/model';
import type { PathNormalization } from '../envoy/path-normalization';
import type { Side } from '../envoy/side';

/** What a proxy does with the certificate that a caller showed, in the words of MeshConfig. */
export type ForwardClientCert = 'SANITIZE' | 'FORWARD_ONLY' | 'APPEND_FORWARD' | 'SANITIZE_SET' | 'ALWAYS_FORWARD_ONLY';

/** How proxies treat headers on one of their sides. */
export interface ProxySettings {
  readonly pathNormalization: PathNormalization;
  /** The `server` header of answers; undefined where that of the server stays. */
  readonly serverName: string | undefined;
  /** Whether servers are told how many times a request was tried. */
  readonly countsAttempts: boolean;
  /** Whether servers are told what path was asked for before it was rewritten. */
  readonly addsDebugHeaders: boolean;
  readonly addsForwardedPort: boolean;
  readonly addsForwardedHost: boolean;
  readonly forwardClientCert: ForwardClientCert;
  /** What the header about the client certificate states. */
  readonly clientCertDetails: { readonly cert: boolean; readonly subject: boolean; readonly uri: boolean; readonly dns: boolean };
  /** How many proxies before a gateway are trusted with the address of the caller. */
  readonly trustedProxies: number;
}

interface ProxyHeadersSpec {
  readonly forwardedClientCert?: string;
  readonly setCurrentClientCertDetails?: { readonly subject?: boolean; readonly cert?: boolean; readonly dns?: boolean; readonly uri?: boolean };
  readonly server?: { readonly disabled?: boolean; readonly value?: string };
  readonly envoyDebugHeaders?: { readonly disabled?: boolean };
  readonly attemptCount?: { readonly disabled?: boolean };
  readonly xForwardedHost?: { readonly enabled?: boolean };
  readonly xForwardedPort?: { readonly enabled?: boolean };
}

interface ProxyConfigSpec {
  readonly proxyHeaders?: ProxyHeadersSpec;
  readonly gatewayTopology?: { readonly numTrustedProxies?: number; readonly forwardClientCertDetails?: string };
}

/** The settings of the proxies of a mesh, by side. */
export const proxySettings: (mesh: MeshModel) => Readonly<Record<Side, ProxySettings>> = perMesh((mesh) => ({
  outbound: settingsOf(mesh, 'outbound'),
  inbound: settingsOf(mesh, 'inbound'),
  gateway: settingsOf(mesh, 'gateway'),
}));

function settingsOf({ config }: MeshModel, side: Side): ProxySettings {
  const { proxyHeaders = {}, gatewayTopology = {} } = (config.defaultConfig ?? {}) as ProxyConfigSpec;
  const normalization = (config.pathNormalization as { readonly normalization?: PathNormalization } | undefined)?.normalization;
  const { server = {} } = proxyHeaders;
  return {
    pathNormalization: normalization ?? 'DEFAULT',
    // Sidecars name themselves differently towards their own application.
    serverName: server.disabled ? undefined : server.value || (side === 'outbound' ? 'envoy' : 'istio-envoy'),
    countsAttempts: side !== 'inbound' && !proxyHeaders.attemptCount?.disabled,
    addsDebugHeaders: !proxyHeaders.envoyDebugHeaders?.disabled,
    addsForwardedPort: proxyHeaders.xForwardedPort?.enabled ?? false,
    addsForwardedHost: proxyHeaders.xForwardedHost?.enabled ?? false,
    ...clientCertSettings(side, proxyHeaders, gatewayTopology.forwardClientCertDetails),
    trustedProxies: side === 'gateway' ? (gatewayTopology.numTrustedProxies ?? 0) : 0,
  };
}

function clientCertSettings(
  side: Side,
  { forwardedClientCert, setCurrentClientCertDetails: details }: ProxyHeadersSpec,
  ofGateways: string | undefined,
): Pick<ProxySettings, 'forwardClientCert' | 'clientCertDetails'> {
  if (side === 'gateway')
    return { forwardClientCert: written(ofGateways) ?? 'SANITIZE_SET', clientCertDetails: { cert: true, subject: true, uri: true, dns: true } };
  if (side === 'outbound') return { forwardClientCert: 'SANITIZE', clientCertDetails: { cert: false, subject: false, uri: false, dns: false } };
  return {
    forwardClientCert: written(forwardedClientCert) ?? 'APPEND_FORWARD',
    clientCertDetails: { cert: details?.cert ?? false, subject: details?.subject ?? true, uri: details?.uri ?? true, dns: details?.dns ?? true },
  };
}

function written(text: string | undefined): ForwardClientCert | undefined {
  return text === undefined || text === 'UNDEFINED' ? undefined : (text as ForwardClientCert);
}
