import type { Construct } from 'constructs';
import type { AccessLogging, Metrics, TelemetrySpec, Tracing } from '../../imports/telemetry.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';

/** The fields of the `spec` of a Telemetry, and its metadata. */
export type TelemetryProps = TelemetrySpec & IstioObjectProps<`telemetry.istio.io/${'v1' | 'v1alpha1'}`>;

/** Traces, metrics and access logs of workloads. */
export class Telemetry extends IstioObject {
  static readonly GVK = { apiVersion: 'telemetry.istio.io/v1', kind: 'Telemetry' } as const;
  declare readonly kind: 'Telemetry';

  constructor(scope: Construct, id: string, props: TelemetryProps = {}) {
    super(scope, id, Telemetry.GVK, props);
  }

  /** Adds settings for traces. */
  addTracing(...tracing: readonly Tracing[]): this {
    return grow(this, 'tracing', tracing);
  }

  /** Adds settings for metrics. */
  addMetrics(...metrics: readonly Metrics[]): this {
    return grow(this, 'metrics', metrics);
  }

  /** Adds settings for access logs. */
  addAccessLogging(...accessLogging: readonly AccessLogging[]): this {
    return grow(this, 'accessLogging', accessLogging);
  }

  /** Makes the construct of a plain Telemetry manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): Telemetry {
    return fromManifest(Telemetry, scope, id, object);
  }

  /** Whether a value is a Telemetry, made by whichever copy of this package. */
  static isTelemetry(value: unknown): value is Telemetry {
    return isOfKind(Telemetry, value);
  }
}
