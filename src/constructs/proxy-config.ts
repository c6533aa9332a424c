import type { Construct } from 'constructs';
import type { ProxyConfigSpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';

/** The fields of the `spec` of a ProxyConfig, and its metadata. */
export interface ProxyConfigProps extends ProxyConfigSpec, IstioObjectProps<'networking.istio.io/v1beta1'> {}

/** Settings of the proxies of some workloads, of a namespace, or of the mesh. */
export class ProxyConfig extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1beta1', kind: 'ProxyConfig' } as const;
  declare readonly kind: 'ProxyConfig';

  constructor(scope: Construct, id: string, props: ProxyConfigProps = {}) {
    super(scope, id, ProxyConfig.GVK, props);
  }

  /** Makes the construct of a plain ProxyConfig manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): ProxyConfig {
    return fromManifest(ProxyConfig, scope, id, object);
  }

  /** Whether a value is a ProxyConfig, made by whichever copy of this package. */
  static isProxyConfig(value: unknown): value is ProxyConfig {
    return isOfKind(ProxyConfig, value);
  }
}
