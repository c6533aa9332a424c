import type { Construct } from 'constructs';
import type { IstioEgressListener, IstioIngressListener, SidecarSpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a Sidecar, and its metadata. */
export interface SidecarProps extends SidecarSpec, IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {}

/** What the sidecars of some workloads, or of a namespace, listen to and know of the mesh. */
export class Sidecar extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar' } as const;
  declare readonly kind: 'Sidecar';

  constructor(scope: Construct, id: string, props: SidecarProps = {}) {
    super(scope, id, Sidecar.GVK, props);
  }

  /** Adds listeners for the traffic that leaves the workload, or hosts that it may reach. */
  addEgress(...egress: readonly IstioEgressListener[]): this {
    return grow(this, 'egress', egress);
  }

  /** Adds listeners for the traffic that enters the workload. */
  addIngress(...ingress: readonly IstioIngressListener[]): this {
    return grow(this, 'ingress', ingress);
  }

  /** Makes the construct of a plain Sidecar manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): Sidecar {
    return fromManifest(Sidecar, scope, id, object);
  }

  /** Whether a value is a Sidecar, made by whichever copy of this package. */
  static isSidecar(value: unknown): value is Sidecar {
    return isOfKind(Sidecar, value);
  }
}
