import { milliseconds } from '../../manifest/duration';
import { entryOf } from '../../mesh/entry-of';
import { type MeshModel, perMesh } from '../../mesh/model';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/cluster';
import { inboundCluster } from './inbound-cluster';
import { outboundCluster } from './outbound-cluster';

/** The cluster of a proxy by its name; nothing where istiod would not send one. */
export function findCluster(mesh: MeshModel, proxy: Workload, name: string): Cluster | undefined {
  const ofProxy = entryOf(known(mesh), proxy, () => new Map<string, { readonly cluster: Cluster | undefined }>());
  return entryOf(ofProxy, name, () => ({ cluster: find(mesh, proxy, name) })).cluster;
}

const known = perMesh(() => new Map<Workload, Map<string, { readonly cluster: Cluster | undefined }>>());

function find(mesh: MeshModel, proxy: Workload, name: string): Cluster | undefined {
  const isSidecar = proxy.proxy === 'sidecar';
  switch (name) {
    case 'BlackHoleCluster':
      return { ...plain(mesh, name), type: 'blackhole' };
    case 'PassthroughCluster':
    case 'InboundPassthroughCluster':
      return isSidecar ? { ...plain(mesh, name), type: 'originalDestination', loadBalancing: 'ORIGINAL_DST' } : undefined;
    case 'AllowAnyDynamicDNSCluster':
      return sidecarScopeOf(mesh, proxy).outboundTrafficPolicy.mode === 'ALLOW_ANY_DYNAMIC_DNS' ? { ...plain(mesh, name), type: 'dynamic' } : undefined;
  }
  const [direction = '', port = '', subset = '', host = ''] = name.split('|');
  if (direction === 'inbound') return isSidecar ? inboundCluster(mesh, proxy, plain(mesh, name), Number(port)) : undefined;
  if (direction === 'outbound') return outboundCluster(mesh, proxy, plain(mesh, name), { host, port: Number(port), subset });
  // By the name that mutual TLS asks for, gateways forward TLS as it is.
  const [, sniPort = '', sniSubset = '', sniHost = ''] = /^outbound_\.(\d+)_\.([^_]*)_\.(.+)$/.exec(name) ?? [];
  return sniHost && !isSidecar
    ? outboundCluster(mesh, proxy, plain(mesh, name), { host: sniHost, port: Number(sniPort), subset: sniSubset, forwardsTls: true })
    : undefined;
}

/** A cluster of which nobody says anything. */
function plain({ config }: MeshModel, name: string): Cluster {
  return {
    name,
    type: 'static',
    localities: [],
    isLocalityWeighted: false,
    panicThreshold: 50,
    tls: () => undefined,
    loadBalancing: 'ROUND_ROBIN',
    hashTableSize: 0,
    hash: [],
    http2: false,
    keepsVersion: true,
    connectTimeout: milliseconds((config.connectTimeout ?? '10s') as string),
    unsimulated: [],
  };
}
