import type { Construct } from 'constructs';
import type { TrafficExtensionSpec, TrafficSelector } from '../../imports/extensions.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a TrafficExtension, and its metadata. */
export type TrafficExtensionProps = TrafficExtensionSpec & IstioObjectProps<'extensions.istio.io/v1alpha1'>;

/** A WebAssembly or Lua filter for the proxies of workloads. */
export class TrafficExtension extends IstioObject {
  static readonly GVK = { apiVersion: 'extensions.istio.io/v1alpha1', kind: 'TrafficExtension' } as const;
  declare readonly kind: 'TrafficExtension';

  constructor(scope: Construct, id: string, props: TrafficExtensionProps) {
    super(scope, id, TrafficExtension.GVK, props);
  }

  /** Adds traffic that the extension sees. */
  addMatch(...match: readonly TrafficSelector[]): this {
    return grow(this, 'match', match);
  }

  /** Makes the construct of a plain TrafficExtension manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): TrafficExtension {
    return fromManifest(TrafficExtension, scope, id, object);
  }

  /** Whether a value is a TrafficExtension, made by whichever copy of this package. */
  static isTrafficExtension(value: unknown): value is TrafficExtension {
    return isOfKind(TrafficExtension, value);
  }
}
