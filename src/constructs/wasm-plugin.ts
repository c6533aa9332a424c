import type { Construct } from 'constructs';
import type { TrafficSelector, WasmPluginSpec } from '../../imports/extensions.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a WasmPlugin, and its metadata. */
export type WasmPluginProps = WasmPluginSpec & IstioObjectProps<'extensions.istio.io/v1alpha1'>;

/** A WebAssembly filter for the proxies of workloads. A null inside `pluginConfig` is written, because it has a meaning for the plugin. */
export class WasmPlugin extends IstioObject {
  static readonly GVK = { apiVersion: 'extensions.istio.io/v1alpha1', kind: 'WasmPlugin' } as const;
  declare readonly kind: 'WasmPlugin';

  constructor(scope: Construct, id: string, props: WasmPluginProps) {
    super(scope, id, WasmPlugin.GVK, props);
  }

  /** Adds traffic that the plugin sees. */
  addMatch(...match: readonly TrafficSelector[]): this {
    return grow(this, 'match', match);
  }

  /** Makes the construct of a plain WasmPlugin manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): WasmPlugin {
    return fromManifest(WasmPlugin, scope, id, object);
  }

  /** Whether a value is a WasmPlugin, made by whichever copy of this package. */
  static isWasmPlugin(value: unknown): value is WasmPlugin {
    return isOfKind(WasmPlugin, value);
  }
}
