import type { Construct } from 'constructs';
import type { GatewaySpec, Server } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a Gateway, and its metadata. */
export interface GatewayProps extends GatewaySpec, IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {}

/** A load balancer at the edge of the mesh: the ports that it opens, and for which hosts. */
export class Gateway extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway' } as const;
  declare readonly kind: 'Gateway';

  constructor(scope: Construct, id: string, props: GatewayProps = {}) {
    super(scope, id, Gateway.GVK, props);
  }

  /** Opens further ports. */
  addServer(...servers: readonly Server[]): this {
    return grow(this, 'servers', servers);
  }

  /** Makes the construct of a plain Gateway manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): Gateway {
    return fromManifest(Gateway, scope, id, object);
  }

  /** Whether a value is a Gateway, made by whichever copy of this package. */
  static isGateway(value: unknown): value is Gateway {
    return isOfKind(Gateway, value);
  }
}
