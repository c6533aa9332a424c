// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import type { Kind, ObjectReference, Schema, ValidationRule, WorkloadReference } from './schema';
import type { PolicyTargetReference, WorkloadSelector } from './shared';
import type { Unset } from './unset';

export type EnvValueSource = 'INLINE' | 'HOST';
export type ExtensionPhase = 'UNSPECIFIED' | 'AUTHN' | 'AUTHZ' | 'STATS';
export type WorkloadMode = 'UNDEFINED' | 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER';
export type FailStrategy = 'FAIL_CLOSE' | 'FAIL_OPEN' | 'FAIL_RELOAD';
export type PullPolicy = 'UNSPECIFIED_POLICY' | 'IfNotPresent' | 'Always';
export type PluginType = 'UNSPECIFIED_PLUGIN_TYPE' | 'HTTP' | 'NETWORK';
export type PluginPhase = 'UNSPECIFIED_PHASE' | 'AUTHN' | 'AUTHZ' | 'STATS';

export interface EnvVarFields {
  /** 1 to 256 characters */
  readonly name: string;
}
export interface EnvVarHost extends EnvVarFields {
  readonly valueFrom: 'HOST';
  readonly value?: Unset<'valueFrom HOST has no value'>;
}
export interface EnvVarInline extends EnvVarFields {
  readonly valueFrom?: 'INLINE' | null;
  /** at most 2048 characters */
  readonly value?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#EnvVar */
export type EnvVar =
  | EnvVarHost
  | EnvVarInline;
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#LuaConfig */
export interface LuaConfig {
  /** 1 to 65536 characters */
  readonly inlineCode: string;
}
export interface TrafficExtensionSpecFields {
  readonly match?: readonly TrafficSelector[] | null;
  readonly phase?: ExtensionPhase | null;
  readonly priority?: number | null;
}
export interface TrafficExtensionSpecByTargetRefs {
  readonly selector?: Unset<'set only one of selector, targetRefs'>;
  /** at most 16 items */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface TrafficExtensionSpecWithSelector {
  readonly selector?: WorkloadReference | WorkloadSelector | null;
  readonly targetRefs?: Unset<'set only one of selector, targetRefs'>;
}
export interface TrafficExtensionSpecLua {
  readonly lua: LuaConfig;
  readonly wasm?: Unset<'set only one of wasm, lua'>;
}
export interface TrafficExtensionSpecWasm {
  readonly wasm: WasmConfig;
  readonly lua?: Unset<'set only one of wasm, lua'>;
}
export interface TrafficExtensionSpecByTargetRefsLua extends TrafficExtensionSpecFields, TrafficExtensionSpecByTargetRefs, TrafficExtensionSpecLua {}
export interface TrafficExtensionSpecByTargetRefsWasm extends TrafficExtensionSpecFields, TrafficExtensionSpecByTargetRefs, TrafficExtensionSpecWasm {}
export interface TrafficExtensionSpecWithSelectorLua extends TrafficExtensionSpecFields, TrafficExtensionSpecWithSelector, TrafficExtensionSpecLua {}
export interface TrafficExtensionSpecWithSelectorWasm extends TrafficExtensionSpecFields, TrafficExtensionSpecWithSelector, TrafficExtensionSpecWasm {}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#TrafficExtension */
export type TrafficExtensionSpec =
  | TrafficExtensionSpecByTargetRefsLua
  | TrafficExtensionSpecByTargetRefsWasm
  | TrafficExtensionSpecWithSelectorLua
  | TrafficExtensionSpecWithSelectorWasm;
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#TrafficPortSelector */
export interface TrafficPortSelector {
  /** 1 to 65535 */
  readonly number: number;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#TrafficSelector */
export interface TrafficSelector {
  readonly mode?: WorkloadMode | null;
  readonly ports?: readonly TrafficPortSelector[] | null;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#VmConfig */
export interface VmConfig {
  /** at most 256 items */
  readonly env?: readonly EnvVar[] | null;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#WasmConfig */
export interface WasmConfig {
  readonly failStrategy?: FailStrategy | null;
  readonly imagePullPolicy?: PullPolicy | null;
  /** 1 to 253 characters */
  readonly imagePullSecret?: string | ObjectReference | null;
  readonly pluginConfig?: { readonly [key: string]: unknown } | null;
  /** 1 to 256 characters */
  readonly pluginName?: string | null;
  readonly sha256?: string | null;
  readonly type?: PluginType | null;
  /** at least 1 characters; url must have schema one of [http, https, file, oci] */
  readonly url: string;
  readonly verificationKey?: string | null;
  readonly vmConfig?: VmConfig | null;
}
export interface WasmPluginSpecFields {
  /** since 1.19 */
  readonly failStrategy?: FailStrategy | null;
  readonly imagePullPolicy?: PullPolicy | null;
  /** 1 to 253 characters */
  readonly imagePullSecret?: string | ObjectReference | null;
  /** since 1.16 */
  readonly match?: readonly TrafficSelector[] | null;
  readonly phase?: PluginPhase | null;
  readonly pluginConfig?: { readonly [key: string]: unknown } | null;
  /** 1 to 256 characters */
  readonly pluginName?: string | null;
  readonly priority?: number | null;
  readonly sha256?: string | null;
  /** since 1.20 */
  readonly type?: PluginType | null;
  /** at least 1 characters; url must have schema one of [http, https, file, oci] */
  readonly url: string;
  readonly verificationKey?: string | null;
  /** since 1.14 */
  readonly vmConfig?: VmConfig | null;
}
export interface WasmPluginSpecByTargetRefs extends WasmPluginSpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** at most 16 items; since 1.22 */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface WasmPluginSpecByTargetRef extends WasmPluginSpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** since 1.20 */
  readonly targetRef: ObjectReference | PolicyTargetReference;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
export interface WasmPluginSpecWithSelector extends WasmPluginSpecFields {
  readonly selector?: WorkloadReference | WorkloadSelector | null;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/#WasmPlugin */
export type WasmPluginSpec =
  | WasmPluginSpecByTargetRefs
  | WasmPluginSpecByTargetRef
  | WasmPluginSpecWithSelector;

const enums = {
  EnvValueSource: ['INLINE', 'HOST'] as readonly EnvValueSource[],
  ExtensionPhase: ['UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'] as readonly ExtensionPhase[],
  WorkloadMode: ['UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER'] as readonly WorkloadMode[],
  FailStrategy: ['FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD'] as readonly FailStrategy[],
  PullPolicy: ['UNSPECIFIED_POLICY', 'IfNotPresent', 'Always'] as readonly PullPolicy[],
  PluginType: ['UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK'] as readonly PluginType[],
  PluginPhase: ['UNSPECIFIED_PHASE', 'AUTHN', 'AUTHZ', 'STATS'] as readonly PluginPhase[],
};

const rule = {
  valueMayOnlyBeSetWhenValueFrom: {
    message: 'value may only be set when valueFrom is INLINE',
    rule: '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)',
    since: '1.20',
  },
  onlyOneOfTargetRefsOrSelectorCan: {
    message: 'only one of targetRefs or selector can be set',
    rule: '(has(self.selector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1',
  },
  exactlyOneOfWasmOrLuaMust: { message: 'exactly one of wasm or lua must be set', rule: 'has(self.wasm) != has(self.lua)' },
  urlMustHaveSchemaOneOfHttp: {
    message: 'url must have schema one of [http, https, file, oci]',
    rule: 'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "file", "oci"]) : (isURL("http://" + self) &&\nurl("http://" + se' +
      'lf).getScheme() in ["", "http", "https", "file", "oci"])',
  },
  urlMustHaveSchemaOneOfHttp_2: {
    message: 'url must have schema one of [http, https, file, oci]',
    rule: 'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "oci", "file"]) : (isURL("http://" + self) &&\nurl("http://" + se' +
      'lf).getScheme() in ["", "http", "https", "oci", "file"])',
    since: '1.20',
  },
  onlyOneOfTargetRefsOrSelectorCan_2: {
    message: 'only one of targetRefs or selector can be set',
    rule: '(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1',
    since: '1.24',
  },
} satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  EnvVar: {
    required: ['name'],
    type: 'object',
    properties: {
      name: { maxLength: 256, minLength: 1, type: 'string' },
      value: { maxLength: 2048, type: 'string' },
      valueFrom: { type: 'string', enum: enums.EnvValueSource },
    },
    rules: [rule.valueMayOnlyBeSetWhenValueFrom],
  },
  LuaConfig: { required: ['inlineCode'], type: 'object', properties: { inlineCode: { maxLength: 65536, minLength: 1, type: 'string' } } },
  TrafficExtensionSpec: {
    exclusive: [['wasm', 'lua']],
    type: 'object',
    properties: {
      lua: { ref: 'LuaConfig' },
      match: { type: 'array', items: { ref: 'TrafficSelector' } },
      phase: { type: 'string', enum: enums.ExtensionPhase },
      priority: { format: 'int32', nullable: true, type: 'integer' },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
      wasm: { ref: 'WasmConfig' },
    },
    rules: [rule.onlyOneOfTargetRefsOrSelectorCan, rule.exactlyOneOfWasmOrLuaMust],
  },
  TrafficPortSelector: { required: ['number'], type: 'object', properties: { number: { maximum: 65535, minimum: 1, type: 'integer' } } },
  TrafficSelector: {
    type: 'object',
    properties: {
      mode: { type: 'string', enum: enums.WorkloadMode },
      ports: { type: 'array', listMapKeys: ['number'], listType: 'map', items: { ref: 'TrafficPortSelector' } },
    },
  },
  VmConfig: { type: 'object', properties: { env: { maxItems: 256, type: 'array', listMapKeys: ['name'], listType: 'map', items: { ref: 'EnvVar' } } } },
  WasmConfig: {
    required: ['url'],
    type: 'object',
    properties: {
      failStrategy: { type: 'string', enum: enums.FailStrategy },
      imagePullPolicy: { type: 'string', enum: enums.PullPolicy },
      imagePullSecret: { reference: 'secret', maxLength: 253, minLength: 1, type: 'string' },
      pluginConfig: { type: 'object', preserveUnknownFields: true },
      pluginName: { maxLength: 256, minLength: 1, type: 'string' },
      sha256: { pattern: '(^$|^[a-f0-9]{64}$)', type: 'string' },
      type: { type: 'string', enum: enums.PluginType },
      url: { minLength: 1, type: 'string', rules: [rule.urlMustHaveSchemaOneOfHttp] },
      verificationKey: { type: 'string' },
      vmConfig: { ref: 'VmConfig' },
    },
  },
  WasmPluginSpec: {
    required: ['url'],
    type: 'object',
    properties: {
      failStrategy: { type: 'string', enum: enums.FailStrategy },
      imagePullPolicy: { type: 'string', enum: enums.PullPolicy },
      imagePullSecret: { reference: 'secret', maxLength: 253, minLength: 1, type: 'string' },
      match: { type: 'array', items: { ref: 'TrafficSelector' } },
      phase: { type: 'string', enum: enums.PluginPhase },
      pluginConfig: { type: 'object', preserveUnknownFields: true },
      pluginName: { maxLength: 256, minLength: 1, type: 'string' },
      priority: { format: 'int32', nullable: true, type: 'integer' },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
      sha256: { pattern: '(^$|^[a-f0-9]{64}$)', type: 'string' },
      targetRef: { reference: 'target', ref: 'PolicyTargetReference' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
      type: { type: 'string', enum: enums.PluginType },
      url: { minLength: 1, type: 'string', rules: [rule.urlMustHaveSchemaOneOfHttp_2] },
      verificationKey: { type: 'string' },
      vmConfig: { ref: 'VmConfig' },
    },
    rules: [rule.onlyOneOfTargetRefsOrSelectorCan_2],
  },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {
  'extensions.istio.io/TrafficExtension': {
    group: 'extensions.istio.io',
    kind: 'TrafficExtension',
    plural: 'trafficextensions',
    scope: 'Namespaced',
    categories: ['istio-io', 'extensions-istio-io'],
    versions: ['v1alpha1'],
    schema: {
      required: ['spec'],
      type: 'object',
      properties: { spec: { ref: 'TrafficExtensionSpec' }, status: { type: 'object', preserveUnknownFields: true } },
    },
  },
  'extensions.istio.io/WasmPlugin': {
    group: 'extensions.istio.io',
    kind: 'WasmPlugin',
    plural: 'wasmplugins',
    scope: 'Namespaced',
    categories: ['istio-io', 'extensions-istio-io'],
    versions: ['v1alpha1'],
    schema: { required: ['spec'], type: 'object', properties: { spec: { ref: 'WasmPluginSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const extensionsIstioIo = { enums, types, kinds };
