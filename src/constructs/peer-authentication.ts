import type { Construct } from 'constructs';
import type { PeerAuthenticationSpec } from '../../imports/security.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';

/** The fields of the `spec` of a PeerAuthentication, and its metadata. */
export type PeerAuthenticationProps = PeerAuthenticationSpec & IstioObjectProps<`security.istio.io/${'v1' | 'v1beta1'}`>;

/** Which mutual TLS workloads accept. */
export class PeerAuthentication extends IstioObject {
  static readonly GVK = { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication' } as const;
  declare readonly kind: 'PeerAuthentication';

  constructor(scope: Construct, id: string, props: PeerAuthenticationProps = {}) {
    super(scope, id, PeerAuthentication.GVK, props);
  }

  /** Makes the construct of a plain PeerAuthentication manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): PeerAuthentication {
    return fromManifest(PeerAuthentication, scope, id, object);
  }

  /** Whether a value is a PeerAuthentication, made by whichever copy of this package. */
  static isPeerAuthentication(value: unknown): value is PeerAuthentication {
    return isOfKind(PeerAuthentication, value);
  }
}
