import type { MeshFacts } from '../../../src/mesh/facts';
import { findWorkload } from '../../../src/mesh/workloads';
import type { Cluster } from '../../../src/simulation/envoy/cluster';
import { findCluster } from '../../../src/simulation/istiod/clusters';
import { meshOf } from '../../mesh/mesh-of';

/** Looks clusters up in the mesh of a YAML text: those of a workload, `client.shop` unless another is named. */
export function clustersOf(yaml: string, facts: MeshFacts): (name: string, workload?: string) => Cluster | undefined {
  const mesh = meshOf(yaml, facts);
  return (name, workload = 'client.shop') => {
    const proxy = findWorkload(mesh, workload);
    if (proxy === undefined) throw new Error(`no workload ${workload}`);
    return findCluster(mesh, proxy, name);
  };
}

/** The localities of a cluster in short: `priority:weight address,address`, by priority. */
export function localities(cluster: Cluster | undefined): string[] {
  return [...(cluster?.localities ?? [])]
    .map(({ priority, weight, endpoints }) => `${priority}:${weight} ${endpoints.map(({ workload, address }) => workload?.name ?? address).join()}`)
    .sort();
}

/** A DestinationRule of the namespace `shop`. */
export function destinationRule(host: string, spec: object): string {
  return `---\n${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: host.split('.')[0], namespace: 'shop' }, spec: { host, ...spec } })}\n`;
}

/** A ServiceEntry of the namespace `shop`. */
export function serviceEntry(host: string, spec: object): string {
  return `---\n${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: host.replace('*.', ''), namespace: 'shop' }, spec: { hosts: [host], ...spec } })}\n`;
}
