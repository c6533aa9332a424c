import type { Labels } from '../manifest/labels';
import type { EndpointOfWorkload, EndpointSources } from './endpoint-sources';
import { localityLabel, parseLocality, topologyLabels } from './locality';
import type { WorkloadEntrySpec } from './specs/service-entry';

/** A WorkloadEntry, or an endpoint of a ServiceEntry, but for the port. One with a service account counts as having a sidecar. */
export function workloadEntryEndpoint(
  { address = '', locality, weight, serviceAccount = '' }: WorkloadEntrySpec,
  labels: Labels,
  namespace: string,
  sources: EndpointSources,
): EndpointOfWorkload {
  const where = locality ? parseLocality(locality) : (localityLabel(labels) ?? parseLocality(undefined));
  const workload = sources.workloadAt(address);
  return {
    address,
    labels: { ...labels, ...topologyLabels(where) },
    locality: where,
    weight: weight || 1,
    serviceAccount,
    namespace,
    tlsMode: hasSidecar(labels, serviceAccount) ? 'istio' : 'disabled',
    healthy: true,
    ...(workload === undefined ? {} : { workload }),
  };
}

/** Whether a machine accepts Istio's mutual TLS: its label says so, or without one it has a service account. */
export function hasSidecar(labels: Labels, serviceAccount: string | undefined): boolean {
  return (labels['security.istio.io/tlsMode'] ?? (serviceAccount ? 'istio' : '')) === 'istio';
}
