import type { Construct } from 'constructs';
import type { WorkloadGroupSpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { ownState } from './object-state';

/** The fields of the `spec` of a WorkloadGroup, and its metadata. */
export interface WorkloadGroupProps extends Omit<WorkloadGroupSpec, 'metadata'>, IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {
  /** `spec.metadata`: labels and annotations of the WorkloadEntries that are made from the group. */
  readonly workloadMetadata?: WorkloadGroupSpec['metadata'];
}

/** What workloads outside of Kubernetes that register themselves have in common. */
export class WorkloadGroup extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'WorkloadGroup' } as const;
  declare readonly kind: 'WorkloadGroup';

  constructor(scope: Construct, id: string, props: WorkloadGroupProps) {
    const { workloadMetadata, ...others } = props;
    super(scope, id, WorkloadGroup.GVK, others);
    const state = ownState(this);
    if (workloadMetadata) state.spec = { metadata: workloadMetadata, ...state.spec };
  }

  /** Makes the construct of a plain WorkloadGroup manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): WorkloadGroup {
    return fromManifest(WorkloadGroup, scope, id, object);
  }

  /** Whether a value is a WorkloadGroup, made by whichever copy of this package. */
  static isWorkloadGroup(value: unknown): value is WorkloadGroup {
    return isOfKind(WorkloadGroup, value);
  }
}
