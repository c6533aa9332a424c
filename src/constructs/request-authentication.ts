import type { Construct } from 'constructs';
import type { JWTRule, RequestAuthenticationSpec } from '../../imports/security.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a RequestAuthentication, and its metadata. */
export type RequestAuthenticationProps = RequestAuthenticationSpec & IstioObjectProps<`security.istio.io/${'v1' | 'v1beta1'}`>;

/** Which JSON web tokens workloads accept. */
export class RequestAuthentication extends IstioObject {
  static readonly GVK = { apiVersion: 'security.istio.io/v1', kind: 'RequestAuthentication' } as const;
  declare readonly kind: 'RequestAuthentication';

  constructor(scope: Construct, id: string, props: RequestAuthenticationProps = {}) {
    super(scope, id, RequestAuthentication.GVK, props);
  }

  /** Accepts the tokens of further issuers. */
  addJwtRule(...jwtRules: readonly JWTRule[]): this {
    return grow(this, 'jwtRules', jwtRules);
  }

  /** Makes the construct of a plain RequestAuthentication manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): RequestAuthentication {
    return fromManifest(RequestAuthentication, scope, id, object);
  }

  /** Whether a value is a RequestAuthentication, made by whichever copy of this package. */
  static isRequestAuthentication(value: unknown): value is RequestAuthentication {
    return isOfKind(RequestAuthentication, value);
  }
}
