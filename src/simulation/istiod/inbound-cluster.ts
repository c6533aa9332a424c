import { isHttp2 } from '../../manifest/port';
import type { MeshModel } from '../../mesh/model';
import type { Endpoint } from '../../mesh/service';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/configuration';
import { inboundPorts } from './inbound-ports';

/** The way from a sidecar to a port of its own application: the one that was asked for, unless a Sidecar's `ingress` names another. */
export function inboundCluster(mesh: MeshModel, proxy: Workload, base: Cluster, port: number): Cluster {
  const declared = inboundPorts(mesh, proxy).get(port);
  const ingress = sidecarScopeOf(mesh, proxy).sidecar?.spec.ingress?.find((listener) => listener.port.number === port);
  const version = { http2: isHttp2(declared?.protocol), keepsVersion: declared?.protocol === undefined };
  const target = Number(/:(\d+)$/.exec(ingress?.defaultEndpoint ?? '')?.[1]);
  if (!target) return { ...base, type: 'originalDestination', loadBalancing: 'ORIGINAL_DST', ...version };
  return { ...base, type: 'static', localities: [{ priority: 0, weight: 1, endpoints: [ownPort(proxy, target)] }], ...version };
}

function ownPort(workload: Workload, port: number): Endpoint {
  const { ip: address, labels, locality, serviceAccount, namespace } = workload;
  return { address, port, labels, locality, weight: 1, serviceAccount, namespace, tlsMode: 'disabled', healthy: true, workload };
}
