import { milliseconds } from '../../manifest/duration';
import { isHttp, isHttp2, type Protocol } from '../../manifest/port';
import type { MeshModel } from '../../mesh/model';
import type { ConnectionPoolSpec, LoadBalancerSpec, OutlierDetectionSpec } from '../../mesh/specs/destination-rule';
import type { PolicyPart, TrafficPolicy } from '../../mesh/traffic-policy';
import type { Cluster, OutlierDetection } from '../envoy/cluster';

/** How an endpoint is chosen. */
export function loadBalancing(type: Cluster['type'], spec: LoadBalancerSpec = {}): Pick<Cluster, 'loadBalancing' | 'hashTableSize'> {
  const { simple, consistentHash } = spec;
  if (type === 'originalDestination') return { loadBalancing: 'ORIGINAL_DST', hashTableSize: 0 };
  if (consistentHash) {
    const { maglev, ringHash, minimumRingSize } = consistentHash as {
      readonly maglev?: Size;
      readonly ringHash?: Size;
      readonly minimumRingSize?: number | string;
    };
    if (maglev) return { loadBalancing: 'MAGLEV', hashTableSize: Number(maglev.tableSize ?? 0) || 65_537 };
    return { loadBalancing: 'RING_HASH', hashTableSize: Number((ringHash ? ringHash.minimumRingSize : minimumRingSize) ?? 0) || 1024 };
  }
  return { loadBalancing: simple === 'RANDOM' || simple === 'ROUND_ROBIN' ? simple : 'LEAST_REQUEST', hashTableSize: 0 };
}

/** Numbers of 64 bits are written as texts too. */
type Size = { readonly tableSize?: number | string; readonly minimumRingSize?: number | string };

/** Outlier detection with Envoy's defaults filled in; nothing where nobody asks for it. */
export function outlierDetection(part: PolicyPart<OutlierDetectionSpec> | undefined): OutlierDetection | undefined {
  if (part === undefined) return undefined;
  const { spec, source } = part;
  return {
    consecutive5xx: spec.consecutive5xxErrors ?? 5,
    consecutiveGatewayErrors: spec.consecutiveGatewayErrors ?? 0,
    consecutiveLocalOriginFailures: spec.consecutiveLocalOriginFailures || 5,
    splitExternalLocalOriginErrors: spec.splitExternalLocalOriginErrors ?? false,
    baseEjectionTime: milliseconds(spec.baseEjectionTime ?? '30s'),
    interval: milliseconds(spec.interval ?? '10s'),
    maxEjectionPercent: spec.maxEjectionPercent || 10,
    ...(source && { source }),
  };
}

/**
 * Which HTTP connections speak: HTTP/2 because the protocol of the port is, or because they are upgraded. What comes through a sidecar on a port without protocol keeps the version of
 * its caller, whatever is said about upgrades.
 */
export function httpVersion(
  { config }: MeshModel,
  protocol: Protocol | undefined,
  fromSidecar: boolean,
  settings: ConnectionPoolSpec['http'] = {},
): Pick<Cluster, 'http2' | 'keepsVersion'> {
  const { useClientProtocol, h2UpgradePolicy } = settings;
  const keepsVersion = useClientProtocol === true || (fromSidecar && protocol === undefined);
  const isUpgraded = h2UpgradePolicy === 'UPGRADE' || (h2UpgradePolicy !== 'DO_NOT_UPGRADE' && isHttp(protocol) && config.h2UpgradePolicy === 'UPGRADE');
  return { http2: !keepsVersion && (isHttp2(protocol) || isUpgraded), keepsVersion };
}

/** What a policy asks for that is not simulated. */
export function unsimulated({ tunnel, proxyProtocol }: TrafficPolicy): Cluster['unsimulated'] {
  return [
    ...(tunnel ? [{ text: `connections are tunnelled through ${tunnel.spec.targetHost}:${tunnel.spec.targetPort}`, ...sourceOf(tunnel) }] : []),
    ...(proxyProtocol ? [{ text: 'connections begin with the PROXY protocol', ...sourceOf(proxyProtocol) }] : []),
  ];
}

function sourceOf({ source }: PolicyPart<unknown>): Pick<PolicyPart<unknown>, 'source'> {
  return source === undefined ? {} : { source };
}
