import { isIp } from '../manifest/ip';
import { labelsMatch } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import { type ConfigObject, configObject } from './config-object';
import { workloadEntryLabels } from './endpoint-sources';
import { localityLabel, parseLocality } from './locality';
import type { ServiceEntrySpec, WorkloadEntrySpec } from './specs/service-entry';
import type { Workload } from './workload';
import { hasSidecar } from './workload-entries';

/** The machines that WorkloadEntries stand for, but for those whose address one of the workloads has. They listen on the ports of the ServiceEntries that select them. */
export function machinesOf(
  manifests: readonly Manifest[],
  serviceEntries: readonly ConfigObject<ServiceEntrySpec>[],
  workloads: readonly Workload[],
): Workload[] {
  const taken = new Set(workloads.map(({ ip }) => ip));
  const machines: Workload[] = [];
  for (const manifest of manifests) {
    if (manifest.object.kind !== 'WorkloadEntry') continue;
    const entry = configObject<WorkloadEntrySpec>(manifest);
    const { address = '' } = entry.spec;
    if (!isIp(address) || taken.has(address)) continue;
    taken.add(address);
    machines.push(machine(entry, portsOf(entry, serviceEntries)));
  }
  return machines;
}

function machine(entry: ConfigObject<WorkloadEntrySpec>, ports: readonly number[]): Workload {
  const { name, namespace, spec, manifest } = entry;
  const labels = workloadEntryLabels(entry);
  return {
    name,
    namespace,
    labels,
    serviceAccount: spec.serviceAccount || 'default',
    proxy: hasSidecar(labels, spec.serviceAccount) ? 'sidecar' : 'none',
    ip: spec.address as string,
    locality: spec.locality ? parseLocality(spec.locality) : (localityLabel(labels) ?? parseLocality(undefined)),
    containerPorts: new Map(Object.entries(spec.ports ?? {})),
    ports,
    tlsPorts: [],
    certHosts: [name],
    certCA: 'public',
    ready: true,
    isPod: false,
    behavior: {},
    replicas: 1,
    manifest,
  };
}

function portsOf(entry: ConfigObject<WorkloadEntrySpec>, serviceEntries: readonly ConfigObject<ServiceEntrySpec>[]): number[] {
  const { namespace, spec } = entry;
  const labels = workloadEntryLabels(entry);
  const selecting = serviceEntries.filter(
    (candidate) => candidate.namespace === namespace && candidate.spec.workloadSelector && labelsMatch(candidate.spec.workloadSelector.labels ?? {}, labels),
  );
  const selected = selecting.flatMap(({ spec: { ports = [] } }) => ports.map(({ name, number, targetPort }) => spec.ports?.[name] ?? (targetPort || number)));
  return [...new Set([...Object.values(spec.ports ?? {}), ...selected])];
}
