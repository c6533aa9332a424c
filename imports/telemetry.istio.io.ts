// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import type { Duration, Kind, ObjectReference, Schema, ValidationRule, WorkloadReference } from './schema';
import type { PolicyTargetReference, WorkloadSelector } from './shared';
import type { Unset } from './unset';

export type TelemetryWorkloadMode = 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
export type IstioMetric = 
  | 'ALL_METRICS'
  | 'REQUEST_COUNT'
  | 'REQUEST_DURATION'
  | 'REQUEST_SIZE'
  | 'RESPONSE_SIZE'
  | 'TCP_OPENED_CONNECTIONS'
  | 'TCP_CLOSED_CONNECTIONS'
  | 'TCP_SENT_BYTES'
  | 'TCP_RECEIVED_BYTES'
  | 'GRPC_REQUEST_MESSAGES'
  | 'GRPC_RESPONSE_MESSAGES';
export type TagOverrideOperation = 'UPSERT' | 'REMOVE';

/** See https://istio.io/latest/docs/reference/config/telemetry/#AccessLogging */
export interface AccessLogging {
  readonly disabled?: boolean | null;
  /** since 1.13 */
  readonly filter?: AccessLoggingFilter | null;
  /** since 1.14 */
  readonly match?: LogSelector | null;
  readonly providers?: readonly ProviderRef[] | null;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#AccessLoggingFilter */
export interface AccessLoggingFilter {
  readonly expression?: string | null;
}
export interface CustomTagByFormatter {
  readonly literal?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly environment?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly header?: Unset<'set only one of literal, environment, header, formatter'>;
  /** since 1.29 */
  readonly formatter: Formatter;
}
export interface CustomTagByHeader {
  readonly literal?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly environment?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly header: RequestHeader;
  readonly formatter?: Unset<'set only one of literal, environment, header, formatter'>;
}
export interface CustomTagByEnvironment {
  readonly literal?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly environment: Environment;
  readonly header?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly formatter?: Unset<'set only one of literal, environment, header, formatter'>;
}
export interface CustomTagWithLiteral {
  readonly literal?: Literal | null;
  readonly environment?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly header?: Unset<'set only one of literal, environment, header, formatter'>;
  readonly formatter?: Unset<'set only one of literal, environment, header, formatter'>;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#CustomTag */
export type CustomTag =
  | CustomTagByFormatter
  | CustomTagByHeader
  | CustomTagByEnvironment
  | CustomTagWithLiteral;
/** See https://istio.io/latest/docs/reference/config/telemetry/#Environment */
export interface Environment {
  readonly defaultValue?: string | null;
  /** at least 1 characters */
  readonly name: string;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#Formatter */
export interface Formatter {
  /** at least 1 characters */
  readonly value: string;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#Literal */
export interface Literal {
  /** at least 1 characters */
  readonly value: string;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#LogSelector */
export interface LogSelector {
  readonly mode?: TelemetryWorkloadMode | null;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#Metrics */
export interface Metrics {
  readonly overrides?: readonly MetricsOverrides[] | null;
  readonly providers?: readonly ProviderRef[] | null;
  /** since 1.17; must be a valid duration greater than 1ms */
  readonly reportingInterval?: Duration | null;
}
export interface MetricSelectorFields {
  readonly mode?: TelemetryWorkloadMode | null;
}
export interface MetricSelectorByCustomMetric extends MetricSelectorFields {
  readonly metric?: Unset<'set only one of metric, customMetric'>;
  /** at least 1 characters */
  readonly customMetric: string;
}
export interface MetricSelectorWithMetric extends MetricSelectorFields {
  readonly metric?: IstioMetric | null;
  readonly customMetric?: Unset<'set only one of metric, customMetric'>;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#MetricSelector */
export type MetricSelector =
  | MetricSelectorByCustomMetric
  | MetricSelectorWithMetric;
/** See https://istio.io/latest/docs/reference/config/telemetry/#MetricsOverrides */
export interface MetricsOverrides {
  readonly disabled?: boolean | null;
  readonly match?: MetricSelector | null;
  readonly tagOverrides?: { readonly [key: string]: TagOverride | null } | null;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#ProviderRef */
export interface ProviderRef {
  /** at least 1 characters */
  readonly name: string;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#RequestHeader */
export interface RequestHeader {
  readonly defaultValue?: string | null;
  /** at least 1 characters */
  readonly name: string;
}
export interface TagOverrideRemove {
  readonly operation: 'REMOVE';
  readonly value?: Unset<'operation REMOVE has no value'>;
}
export interface TagOverrideUpsert {
  readonly operation?: 'UPSERT' | null;
  readonly value: string;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#TagOverride */
export type TagOverride =
  | TagOverrideRemove
  | TagOverrideUpsert;
export interface TelemetrySpecFields {
  /** since 1.11 */
  readonly accessLogging?: readonly AccessLogging[] | null;
  /** since 1.11 */
  readonly metrics?: readonly Metrics[] | null;
  readonly tracing?: readonly Tracing[] | null;
}
export interface TelemetrySpecByTargetRefs extends TelemetrySpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** at most 16 items; since 1.22 */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface TelemetrySpecByTargetRef extends TelemetrySpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** since 1.20 */
  readonly targetRef: ObjectReference | PolicyTargetReference;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
export interface TelemetrySpecWithSelector extends TelemetrySpecFields {
  readonly selector?: WorkloadReference | WorkloadSelector | null;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#Telemetry */
export type TelemetrySpec =
  | TelemetrySpecByTargetRefs
  | TelemetrySpecByTargetRef
  | TelemetrySpecWithSelector;
/** See https://istio.io/latest/docs/reference/config/telemetry/#Tracing */
export interface Tracing {
  readonly customTags?: { readonly [key: string]: CustomTag | null } | null;
  /** since 1.30 */
  readonly disableContextPropagation?: boolean | null;
  readonly disableSpanReporting?: boolean | null;
  /** since 1.25 */
  readonly enableIstioTags?: boolean | null;
  /** since 1.14 */
  readonly match?: TracingSelector | null;
  readonly providers?: readonly ProviderRef[] | null;
  /** 0 to 100 */
  readonly randomSamplingPercentage?: number | null;
  /** since 1.13 */
  readonly useRequestIdForTraceSampling?: boolean | null;
}
/** See https://istio.io/latest/docs/reference/config/telemetry/#TracingSelector */
export interface TracingSelector {
  readonly mode?: TelemetryWorkloadMode | null;
}

const enums = {
  TelemetryWorkloadMode: ['CLIENT_AND_SERVER', 'CLIENT', 'SERVER'] as readonly TelemetryWorkloadMode[],
  IstioMetric: [
    'ALL_METRICS',
    'REQUEST_COUNT',
    'REQUEST_DURATION',
    'REQUEST_SIZE',
    'RESPONSE_SIZE',
    'TCP_OPENED_CONNECTIONS',
    'TCP_CLOSED_CONNECTIONS',
    'TCP_SENT_BYTES',
    'TCP_RECEIVED_BYTES',
    'GRPC_REQUEST_MESSAGES',
    'GRPC_RESPONSE_MESSAGES',
  ] as readonly IstioMetric[],
  TagOverrideOperation: ['UPSERT', 'REMOVE'] as readonly TagOverrideOperation[],
};

const rule = {
  mustBeAValidDurationGreaterThan: { message: 'must be a valid duration greater than 1ms', rule: 'duration(self) >= duration(\'1ms\')', since: '1.23' },
  valueMustBeSetWhenOperationIs: {
    message: 'value must be set when operation is UPSERT',
    rule: '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true',
    since: '1.21',
  },
  valueMustNotBeSetWhenOperation: {
    message: 'value must not be set when operation is REMOVE',
    rule: '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true',
    since: '1.21',
  },
  onlyOneOfTargetRefsOrSelectorCan: {
    message: 'only one of targetRefs or selector can be set',
    rule: '(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1',
    since: '1.24',
  },
} satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  AccessLogging: {
    type: 'object',
    properties: {
      disabled: { nullable: true, type: 'boolean' },
      filter: { ref: 'AccessLoggingFilter' },
      match: { ref: 'LogSelector' },
      providers: { type: 'array', items: { ref: 'ProviderRef' } },
    },
  },
  AccessLoggingFilter: { type: 'object', properties: { expression: { type: 'string' } } },
  CustomTag: {
    exclusive: [['literal', 'environment', 'header', 'formatter']],
    type: 'object',
    properties: { environment: { ref: 'Environment' }, formatter: { ref: 'Formatter' }, header: { ref: 'RequestHeader' }, literal: { ref: 'Literal' } },
  },
  Environment: { required: ['name'], type: 'object', properties: { defaultValue: { type: 'string' }, name: { minLength: 1, type: 'string' } } },
  Formatter: { required: ['value'], type: 'object', properties: { value: { minLength: 1, type: 'string' } } },
  Literal: { required: ['value'], type: 'object', properties: { value: { minLength: 1, type: 'string' } } },
  LogSelector: { type: 'object', properties: { mode: { type: 'string', enum: enums.TelemetryWorkloadMode } } },
  Metrics: {
    type: 'object',
    properties: {
      overrides: { type: 'array', items: { ref: 'MetricsOverrides' } },
      providers: { type: 'array', items: { ref: 'ProviderRef' } },
      reportingInterval: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
    },
  },
  MetricSelector: {
    exclusive: [['metric', 'customMetric']],
    type: 'object',
    properties: {
      customMetric: { minLength: 1, type: 'string' },
      metric: { type: 'string', enum: enums.IstioMetric },
      mode: { type: 'string', enum: enums.TelemetryWorkloadMode },
    },
  },
  MetricsOverrides: {
    type: 'object',
    properties: {
      disabled: { nullable: true, type: 'boolean' },
      match: { ref: 'MetricSelector' },
      tagOverrides: { type: 'object', additionalProperties: { ref: 'TagOverride' } },
    },
  },
  ProviderRef: { required: ['name'], type: 'object', properties: { name: { minLength: 1, type: 'string' } } },
  RequestHeader: { required: ['name'], type: 'object', properties: { defaultValue: { type: 'string' }, name: { minLength: 1, type: 'string' } } },
  TagOverride: {
    type: 'object',
    properties: { operation: { type: 'string', enum: enums.TagOverrideOperation }, value: { type: 'string' } },
    rules: [rule.valueMustBeSetWhenOperationIs, rule.valueMustNotBeSetWhenOperation],
  },
  TelemetrySpec: {
    type: 'object',
    properties: {
      accessLogging: { type: 'array', items: { ref: 'AccessLogging' } },
      metrics: { type: 'array', items: { ref: 'Metrics' } },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
      targetRef: { reference: 'target', ref: 'PolicyTargetReference' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
      tracing: { type: 'array', items: { ref: 'Tracing' } },
    },
    rules: [rule.onlyOneOfTargetRefsOrSelectorCan],
  },
  Tracing: {
    type: 'object',
    properties: {
      customTags: { type: 'object', additionalProperties: { ref: 'CustomTag' } },
      disableContextPropagation: { nullable: true, type: 'boolean' },
      disableSpanReporting: { nullable: true, type: 'boolean' },
      enableIstioTags: { nullable: true, type: 'boolean' },
      match: { ref: 'TracingSelector' },
      providers: { type: 'array', items: { ref: 'ProviderRef' } },
      randomSamplingPercentage: { format: 'double', maximum: 100, minimum: 0, nullable: true, type: 'number' },
      useRequestIdForTraceSampling: { nullable: true, type: 'boolean' },
    },
  },
  TracingSelector: { type: 'object', properties: { mode: { type: 'string', enum: enums.TelemetryWorkloadMode } } },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {
  'telemetry.istio.io/Telemetry': {
    group: 'telemetry.istio.io',
    kind: 'Telemetry',
    plural: 'telemetries',
    scope: 'Namespaced',
    shortNames: ['telemetry'],
    categories: ['istio-io', 'telemetry-istio-io'],
    versions: ['v1', 'v1alpha1'],
    schema: { type: 'object', properties: { spec: { ref: 'TelemetrySpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const telemetryIstioIo = { enums, types, kinds };
