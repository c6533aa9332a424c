import { isHttp2 } from '../../manifest/port';
import { destinationRuleFor } from '../../mesh/destination-rules';
import type { MeshModel } from '../../mesh/model';
import type { Endpoint } from '../../mesh/service';
import { serviceTargets } from '../../mesh/service-targets';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { ConnectionPoolSpec } from '../../mesh/specs/destination-rule';
import { hostPolicy, withMeshDefaults } from '../../mesh/traffic-policy';
import type { Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/cluster';
import { inboundPorts } from './inbound-ports';

/** The way from a sidecar to a port of its own application: the one that was asked for, unless a Sidecar's `ingress` names another or the mesh goes by the loopback address. */
export function inboundCluster(mesh: MeshModel, proxy: Workload, base: Cluster, port: number): Cluster {
  const declared = inboundPorts(mesh, proxy).get(port);
  const keepsVersion = declared?.protocol === undefined || connectionPool(mesh, proxy, port, declared.port)?.http?.useClientProtocol === true;
  const version = { http2: !keepsVersion && isHttp2(declared?.protocol), keepsVersion };
  const ingress = ingressOf(mesh, proxy, port);
  const byDefault = ingress === undefined && declared !== undefined && reachesLoopbackOnly(mesh) ? `${LOOPBACK}:${port}` : '';
  const [, host, target] = /^(.*):(\d+)$/.exec(ingress?.defaultEndpoint ?? byDefault) ?? [];
  if (!target) return { ...base, type: 'originalDestination', loadBalancing: 'ORIGINAL_DST', ...version };
  return {
    ...base,
    type: 'static',
    localities: [{ priority: 0, weight: 1, endpoints: [ownPort(proxy, Number(target), host === LOOPBACK ? LOOPBACK : proxy.ip)] }],
    ...version,
  };
}

/** What holds for connections to the application: what the Sidecar says of them, else the DestinationRule of the first service that directs to the port. */
function connectionPool(mesh: MeshModel, proxy: Workload, port: number, servicePort: number): ConnectionPoolSpec | undefined {
  const scope = sidecarScopeOf(mesh, proxy);
  const ofSidecar = ingressOf(mesh, proxy, port)?.connectionPool ?? scope.sidecar?.spec.inboundConnectionPool;
  if (ofSidecar) return ofSidecar;
  const hostname = serviceTargets(mesh, proxy).find(({ targetPort }) => targetPort === port)?.service.hostname;
  const service = hostname === undefined ? undefined : scope.service(hostname);
  const rule = service && destinationRuleFor(mesh, proxy, service, 'inbound');
  return withMeshDefaults(mesh, hostPolicy(rule, servicePort)).connectionPool?.spec;
}

function ingressOf(mesh: MeshModel, proxy: Workload, port: number) {
  return sidecarScopeOf(mesh, proxy).sidecar?.spec.ingress?.find((listener) => listener.port.number === port);
}

/** Sidecars of such a mesh connect to their applications as nobody from outside can. */
function reachesLoopbackOnly({ config }: MeshModel): boolean {
  return (config.inboundTrafficPolicy as { mode?: string } | undefined)?.mode === 'LOCALHOST';
}

/** Where an application listens that takes nothing from outside. */
const LOOPBACK = '127.0.0.1';

function ownPort(workload: Workload, port: number, address: string): Endpoint {
  const { labels, locality, serviceAccount, namespace } = workload;
  return { address, port, labels, locality, weight: 1, serviceAccount, namespace, tlsMode: 'disabled', healthy: true, workload };
}
