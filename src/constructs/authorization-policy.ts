import type { Construct } from 'constructs';
import type { AuthorizationPolicySpec, Rule } from '../../imports/security.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a AuthorizationPolicy, and its metadata. */
export type AuthorizationPolicyProps = AuthorizationPolicySpec & IstioObjectProps<`security.istio.io/${'v1' | 'v1beta1'}`>;

/** Who may call workloads. Without rules it matches no request: as ALLOW, the default, it so allows nothing. */
export class AuthorizationPolicy extends IstioObject {
  static readonly GVK = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy' } as const;
  declare readonly kind: 'AuthorizationPolicy';

  constructor(scope: Construct, id: string, props: AuthorizationPolicyProps = {}) {
    super(scope, id, AuthorizationPolicy.GVK, props);
  }

  /** Adds rules; a request matches the policy when it matches any of them. */
  addRule(...rules: readonly Rule[]): this {
    return grow(this, 'rules', rules);
  }

  /** Makes the construct of a plain AuthorizationPolicy manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): AuthorizationPolicy {
    return fromManifest(AuthorizationPolicy, scope, id, object);
  }

  /** Whether a value is a AuthorizationPolicy, made by whichever copy of this package. */
  static isAuthorizationPolicy(value: unknown): value is AuthorizationPolicy {
    return isOfKind(AuthorizationPolicy, value);
  }
}
