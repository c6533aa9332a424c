import type { Construct } from 'constructs';
import type { ServiceEntrySpec, ServicePort, WorkloadEntrySpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { callerLocation, writtenAt } from './call-site';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';
import { specOf } from './spec-of';

/** The fields of the `spec` of a ServiceEntry, and its metadata. */
export type ServiceEntryProps = ServiceEntrySpec & IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`>;

/** Hosts that the mesh shall know although no Kubernetes Service stands for them. */
export class ServiceEntry extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry' } as const;
  declare readonly kind: 'ServiceEntry';

  constructor(scope: Construct, id: string, props: ServiceEntryProps) {
    super(scope, id, ServiceEntry.GVK, props);
  }

  /**
   * A host of the entry, for fields that take the text of one.
   * @param name which host; may be left out while the entry has only one
   * @throws when the entry has no such host, or several and none is named
   */
  host(name?: string): string {
    const { hosts } = specOf(this);
    const known: readonly unknown[] = Array.isArray(hosts) ? hosts : [];
    const found = name === undefined && known.length === 1 ? known[0] : known.find((host) => host === name);
    if (typeof found === 'string') return found;
    const problem = name === undefined ? `has ${known.length} hosts, so name one of them` : `has no host ${JSON.stringify(name)}`;
    throw new Error(`ServiceEntry ${this.name} ${problem}; its hosts: ${known.join(', ')}${writtenAt(callerLocation())}`);
  }

  /** Adds hosts. */
  addHost(...hosts: readonly string[]): this {
    return grow(this, 'hosts', hosts);
  }

  /** Adds ports of the hosts. */
  addPort(...ports: readonly ServicePort[]): this {
    return grow(this, 'ports', ports);
  }

  /** Adds addresses that answer for the hosts. */
  addEndpoint(...endpoints: readonly WorkloadEntrySpec[]): this {
    return grow(this, 'endpoints', endpoints);
  }

  /** Makes the construct of a plain ServiceEntry manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): ServiceEntry {
    return fromManifest(ServiceEntry, scope, id, object);
  }

  /** Whether a value is a ServiceEntry, made by whichever copy of this package. */
  static isServiceEntry(value: unknown): value is ServiceEntry {
    return isOfKind(ServiceEntry, value);
  }
}
