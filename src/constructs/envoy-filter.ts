import type { Construct } from 'constructs';
import type { EnvoyConfigObjectPatch, EnvoyFilterSpec } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a EnvoyFilter, and its metadata. */
export type EnvoyFilterProps = EnvoyFilterSpec & IstioObjectProps<'networking.istio.io/v1alpha3'>;

/** Patches to the configuration that Istio makes for Envoy. A null inside the value of a patch is written, because it has a meaning for Envoy. */
export class EnvoyFilter extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1alpha3', kind: 'EnvoyFilter' } as const;
  declare readonly kind: 'EnvoyFilter';

  constructor(scope: Construct, id: string, props: EnvoyFilterProps = {}) {
    super(scope, id, EnvoyFilter.GVK, props);
  }

  /** Adds patches; they are applied in their order. */
  addConfigPatch(...configPatches: readonly EnvoyConfigObjectPatch[]): this {
    return grow(this, 'configPatches', configPatches);
  }

  /** Makes the construct of a plain EnvoyFilter manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): EnvoyFilter {
    return fromManifest(EnvoyFilter, scope, id, object);
  }

  /** Whether a value is a EnvoyFilter, made by whichever copy of this package. */
  static isEnvoyFilter(value: unknown): value is EnvoyFilter {
    return isOfKind(EnvoyFilter, value);
  }
}
