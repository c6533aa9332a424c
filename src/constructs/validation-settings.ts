import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Severity } from '../manifest/diagnostic';

/** What is checked below a scope when manifests are written. Settings of an inner scope are added to those of the outer ones. */
export interface ValidationSettings {
  /** `false` turns all checks off below the scope. @default true */
  readonly enabled?: boolean;
  /** Codes whose findings are left out. */
  readonly ignore?: readonly string[];
  /** Other severities for codes: a team may raise a warning to an error. */
  readonly severityOf?: { readonly [code: string]: Severity };
}

/** A finding that its author knows of and wants to keep. */
export interface Suppression {
  readonly code: string;
  readonly reason: string;
}

const SETTINGS = Symbol.for('cdk8s-istio.validation');
const CONFIGURED = Symbol.for('cdk8s-istio.configured');
const SUPPRESSIONS = Symbol.for('cdk8s-istio.suppressions');

interface Configured extends IConstruct {
  [SETTINGS]?: ValidationSettings[];
  [SUPPRESSIONS]?: Suppression[];
}

/** Narrows or turns off the checks for everything below a scope: the app, a chart, one object. */
export function configureValidation(scope: IConstruct, settings: ValidationSettings): void {
  const configured = scope as Configured;
  configured[SETTINGS] = [...(configured[SETTINGS] ?? []), settings];
  Object.defineProperty(scope.node.root, CONFIGURED, { value: true, configurable: true });
}

/**
 * Leaves out the findings of one code on one object, for a stated reason. A suppression that leaves nothing out is itself a warning.
 * @param object the object, or a construct that wraps it as its default child
 * @throws when the reason is empty, and when there is no such object: for a whole scope there are the settings
 */
export function ignoreFinding(object: IConstruct, code: string, reason: string): void {
  if (reason.trim() === '') throw new Error(`say why ${code} is ignored on ${object.node.path}`);
  const configured: Configured = ApiObject.of(object);
  configured[SUPPRESSIONS] = [...(configured[SUPPRESSIONS] ?? []), { code, reason }];
}

/** Whether any scope of a tree has settings. */
export const isConfigured = (root: IConstruct): boolean => CONFIGURED in root;

/** The suppressions of one object. */
export const suppressionsOf = (object: IConstruct): readonly Suppression[] => (object as Configured)[SUPPRESSIONS] ?? [];

/** The settings of one scope alone. */
export const ownSettings = (scope: IConstruct): readonly ValidationSettings[] => (scope as Configured)[SETTINGS] ?? [];

/** A code and the scope whose settings ignore it. */
export interface IgnoredCode {
  readonly scope: IConstruct;
  readonly code: string;
}

/** What holds for an object by the settings of all scopes from the root down to it. */
export interface EffectiveSettings {
  readonly enabled: boolean;
  readonly ignored: readonly IgnoredCode[];
  readonly severityOf: { readonly [code: string]: Severity };
}

const byDefault: EffectiveSettings = { enabled: true, ignored: [], severityOf: {} };

/** The settings that hold for an object. */
export function settingsFor(object: IConstruct): EffectiveSettings {
  if (!isConfigured(object.node.root)) return byDefault;
  return object.node.scopes.reduce((outer, scope) => {
    const added = ({ enabled, ignored, severityOf }: EffectiveSettings, settings: ValidationSettings): EffectiveSettings => ({
      enabled: settings.enabled ?? enabled,
      ignored: [...ignored, ...(settings.ignore ?? []).map((code) => ({ scope, code }))],
      severityOf: { ...severityOf, ...settings.severityOf },
    });
    return ownSettings(scope).reduce(added, outer);
  }, byDefault);
}
