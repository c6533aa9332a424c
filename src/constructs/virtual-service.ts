import type { Construct } from 'constructs';
import type { HTTPRoute, TCPRoute, TLSRoute, VirtualServiceSpec } from '../../imports/networking.istio.io';
import type { ObjectReference } from '../../imports/schema';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a VirtualService, and its metadata. */
export interface VirtualServiceProps extends VirtualServiceSpec, IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {}

/** Where requests for some hosts go: routes in their order, of which the first that matches counts. */
export class VirtualService extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' } as const;
  declare readonly kind: 'VirtualService';

  constructor(scope: Construct, id: string, props: VirtualServiceProps = {}) {
    super(scope, id, VirtualService.GVK, props);
  }

  /** Adds hosts that the routes are for. */
  addHost(...hosts: readonly string[]): this {
    return grow(this, 'hosts', hosts);
  }

  /** Adds gateways that the routes hold at; `mesh` stands for all sidecars. */
  addGateway(...gateways: readonly (string | ObjectReference<'Gateway'>)[]): this {
    return grow(this, 'gateways', gateways);
  }

  /** Adds routes for HTTP, behind those that are there. */
  addHttpRoute(...routes: readonly HTTPRoute[]): this {
    return grow(this, 'http', routes);
  }

  /** Adds routes for TLS that is passed through, behind those that are there. */
  addTlsRoute(...routes: readonly TLSRoute[]): this {
    return grow(this, 'tls', routes);
  }

  /** Adds routes for TCP, behind those that are there. */
  addTcpRoute(...routes: readonly TCPRoute[]): this {
    return grow(this, 'tcp', routes);
  }

  /** Makes the construct of a plain VirtualService manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): VirtualService {
    return fromManifest(VirtualService, scope, id, object);
  }

  /** Whether a value is a VirtualService, made by whichever copy of this package. */
  static isVirtualService(value: unknown): value is VirtualService {
    return isOfKind(VirtualService, value);
  }
}
