import type { Construct } from 'constructs';
import type { WorkloadEntrySpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';

/** The fields of the `spec` of a WorkloadEntry, and its metadata. */
export interface WorkloadEntryProps extends WorkloadEntrySpec, IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {}

/** A workload outside of Kubernetes, such as a virtual machine. */
export class WorkloadEntry extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'WorkloadEntry' } as const;
  declare readonly kind: 'WorkloadEntry';

  constructor(scope: Construct, id: string, props: WorkloadEntryProps = {}) {
    super(scope, id, WorkloadEntry.GVK, props);
  }

  /** Makes the construct of a plain WorkloadEntry manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): WorkloadEntry {
    return fromManifest(WorkloadEntry, scope, id, object);
  }

  /** Whether a value is a WorkloadEntry, made by whichever copy of this package. */
  static isWorkloadEntry(value: unknown): value is WorkloadEntry {
    return isOfKind(WorkloadEntry, value);
  }
}
