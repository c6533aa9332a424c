import { Construct } from 'constructs';
import type { ReadinessProbe, ServicePort, WorkloadEntrySpec } from '../../imports/networking.istio.io';
import type { ObjectReference } from '../../imports/schema';
import { ServiceEntry } from '../constructs/service-entry';
import { WorkloadEntry } from '../constructs/workload-entry';
import { WorkloadGroup } from '../constructs/workload-group';
import { workloadLabels } from '../constructs/workload-labels';
import { isIp } from '../manifest/ip';
import { labelsMatch } from '../manifest/labels';
import { badInput } from './bad-input';
import { nameOfHost } from './service-host';
import { namespaceOf } from './workload';

/** A machine whose address is known. */
export interface Machine extends Pick<WorkloadEntrySpec, 'locality' | 'network' | 'weight'> {
  /** An IP address. */
  readonly address: string;
}

/** How callers in the mesh find the machines: by a host of their own, or as endpoints of a Service that selects their labels. */
export type MachineService =
  | {
      /** A full name: `ratings.vm.example.com`. Where no DNS knows it, callers need Istio's DNS proxy. */
      readonly host: string;
      readonly ports: readonly ServicePort[];
      /** Virtual addresses of the host. A host with TCP ports needs one: it is told from others by its address only. @default - none */
      readonly addresses?: readonly string[];
      readonly service?: never;
    }
  | {
      /** The Service, of any cdk8s-plus version or as an ApiObject; its selector must choose the machines. */
      readonly service: ObjectReference;
      readonly host?: never;
    };

/** Props of {@link VirtualMachine}. */
export type VirtualMachineProps = MachineService & {
  /** The name of the objects, and the label `app` of the machines. */
  readonly name: string;
  /** @default - `app` with the name */
  readonly labels?: Readonly<Record<string, string>>;
  /** The service account that the machines act as. It must exist, and policies know them by it. @default - the name */
  readonly serviceAccount?: string | ObjectReference;
  /** Machines that are written down. @default - none: they register themselves when they connect, as the group says */
  readonly machines?: readonly Machine[];
  /** The network of machines that register themselves, where pods cannot reach them by address. @default - that of the pods */
  readonly network?: string;
  /** Where machines that register themselves are: `region/zone`. @default - unknown */
  readonly locality?: string;
  /** How a machine tells that it is ready. @default - it is as soon as it is connected */
  readonly probe?: ReadinessProbe;
  /** @default - that of the service, otherwise that of the chart */
  readonly namespace?: string;
};

/**
 * A program on virtual machines as a part of the mesh: the group that machines register with, entries for those that are written down, and the service that callers use.
 * All three state the same labels and the same identity.
 */
export class VirtualMachine extends Construct {
  readonly workloadGroup: WorkloadGroup;
  readonly workloadEntries: readonly WorkloadEntry[];
  /** Absent where a Service stands for the machines. */
  readonly serviceEntry: ServiceEntry | undefined;

  constructor(scope: Construct, id: string, props: VirtualMachineProps) {
    super(scope, id);
    const { name, machines = [], service, serviceAccount = name, probe, network, locality } = props;
    const labels = props.labels ?? { app: name };
    if (Object.keys(labels).length === 0) throw badInput('the machines have no labels for the service to find them by');
    if (service) checkSelector(service, labels);
    const namespace = props.namespace ?? namespaceOf(this, service);
    const metadata = { name, ...(namespace ? { namespace } : {}) };

    this.workloadGroup = new WorkloadGroup(this, 'group', {
      metadata,
      workloadMetadata: { labels },
      template: { serviceAccount, ...(network ? { network } : {}), ...(locality ? { locality } : {}) },
      ...(probe ? { probe } : {}),
    });
    this.workloadEntries = machines.map(({ address, ...place }) => {
      if (!isIp(address)) throw badInput(`${JSON.stringify(address)} is no IP address of a machine`);
      const entryName = `${name}-${nameOfHost(address)}`;
      return new WorkloadEntry(this, entryName, { metadata: { ...metadata, name: entryName, labels }, address, labels, serviceAccount, ...place });
    });
    this.serviceEntry = props.host === undefined ? undefined : this.entryFor(props, metadata, labels);
  }

  private entryFor(
    { host, ports, addresses = [] }: Extract<MachineService, { host: string }>,
    metadata: object,
    labels: Readonly<Record<string, string>>,
  ): ServiceEntry {
    if (!host.includes('.')) throw badInput(`${host} is no full name: a ServiceEntry knows no short ones; write it with its domain`);
    if (ports.length === 0) throw badInput(`${host} has no ports to call it on`);
    const opaque = ports.find(({ protocol }) => protocol?.toUpperCase() === 'TCP');
    if (opaque && addresses.length === 0) {
      throw badInput(
        `port ${opaque.number} of ${host} is TCP: without an address the host takes every connection to that port, whoever it is for; give "addresses"`,
      );
    }
    return new ServiceEntry(this, 'service', {
      metadata,
      hosts: [host],
      location: 'MESH_INTERNAL',
      ports,
      resolution: 'STATIC',
      workloadSelector: { labels },
      ...(addresses.length > 0 ? { addresses } : {}),
    });
  }
}

function checkSelector(service: ObjectReference, labels: Readonly<Record<string, string>>): void {
  const selector = workloadLabels(service);
  if (!selector || !labelsMatch(selector, labels)) {
    throw badInput(`Service ${service.name} selects ${JSON.stringify(selector ?? {})}, which the machines with ${JSON.stringify(labels)} are not`);
  }
}
