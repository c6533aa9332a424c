import { ownerOf } from '../../mesh/addresses';
import type { ExternalFact } from '../../mesh/facts';
import { type MeshModel, perMesh } from '../../mesh/model';
import { portsWithMtlsMode } from '../../mesh/peer-authentications';
import type { Service } from '../../mesh/service';
import { serviceTargets, targetsByLabels } from '../../mesh/service-targets';
import type { Workload } from '../../mesh/workload';
import { inboundPorts } from '../istiod/inbound-ports';
import type { Application } from './application';

/** The application of a workload: it listens on the ports that Services direct to it, and on those that its workload names. */
export function workloadApplication(mesh: MeshModel, workload: Workload): Application {
  const applications = known(mesh);
  let application = applications.get(workload);
  if (application === undefined) {
    application = describe(mesh, workload);
    applications.set(workload, application);
  }
  return application;
}

const known = perMesh(() => new Map<Workload, Application>());

function describe(mesh: MeshModel, workload: Workload): Application {
  const { name, namespace, labels, behavior, tlsPorts, certCA, certHosts } = workload;
  const served = [...serviceTargets(mesh, workload).filter(({ service }) => service.registry === 'Kubernetes'), ...targetsByLabels(mesh, workload)];
  const ports = new Set([...workload.ports, ...tlsPorts, ...workload.containerPorts.values(), ...served.map(({ targetPort }) => targetPort)]);
  const certificate = { ca: certCA, hosts: certHosts };
  return {
    name,
    namespace,
    labels,
    behavior,
    listens: (port) => ports.has(port),
    certificate: (port) => (tlsPorts.includes(port) ? certificate : undefined),
  };
}

/**
 * Whether a sidecar takes connections on a port in the world of a test file, where nothing redirects those to any port: it does on those of the application and of its own
 * configuration, and on those of headless Services, to which callers connect as they are.
 */
export function isOpenInTest(mesh: MeshModel, workload: Workload, port: number): boolean {
  return (
    workloadApplication(mesh, workload).listens(port) ||
    inboundPorts(mesh, workload).has(port) ||
    portsWithMtlsMode(mesh, workload).has(port) ||
    serviceTargets(mesh, workload).some(({ service: { resolution, ports } }) => resolution === 'NONE' && ports.some(({ number }) => number === port))
  );
}

/** A host outside the cluster. Of hosts that nobody listed nothing is known: they answer on every port, in TLS where the caller begins it. */
export function externalApplication(external: ExternalFact): Application {
  const { host, behavior = {}, ports, tlsPorts } = external;
  const certificate = { ca: external.certCA ?? 'public', hosts: external.certHosts ?? [host] };
  const isListed = ports !== undefined || tlsPorts !== undefined;
  return {
    name: host,
    behavior,
    listens: (port) => !isListed || (ports ?? [80]).includes(port) || (tlsPorts ?? []).includes(port),
    certificate: (port, offered) => ((isListed ? (tlsPorts ?? []).includes(port) : offered) ? certificate : undefined),
  };
}

/** A port of a pod. */
export interface Pod {
  readonly workload: Workload;
  readonly port: number;
}

/** Where the address of a Service leads without a proxy: to one of the pods that are ready, each as likely. */
export function podsBehind(mesh: MeshModel, service: Service, port: number): { readonly value: Pod; readonly weight: number }[] {
  return service.endpoints(port).flatMap((endpoint) => {
    const owner = endpoint.workload ?? workloadAt(mesh, endpoint.address);
    // WorkloadEntries are known to Istio alone.
    const isBehind = owner !== undefined && endpoint.healthy && (owner.isPod || service.registry !== 'Kubernetes');
    return !isBehind ? [] : [{ value: { workload: owner, port: endpoint.port }, weight: endpoint.weight }];
  });
}

function workloadAt(mesh: MeshModel, ip: string): Workload | undefined {
  const owner = ownerOf(mesh, ip);
  return owner?.kind === 'workload' ? owner.workload : undefined;
}
