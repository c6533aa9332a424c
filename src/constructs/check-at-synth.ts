import { isAbsolute, relative } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { kinds } from '../../imports';
import type { Diagnostic, SourceLocation } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import { renderPretty } from '../render';
import { authorLocation } from './call-site';
import { stateOf } from './object-state';
import { suppressed, unusedSettings } from './suppressions';
import { targetRelease } from './target-release';
import { ValidationError } from './validation-error';
import { settingsFor } from './validation-settings';

/** The checks are loaded when the first manifest is written: a program that only imports constructs does not pay for them. */
const validation = (): typeof import('../validation') => require('../validation');

const GUARD = Symbol.for('cdk8s-istio.guard');
/** How the manifest of an object is made without being checked. */
type Writer = () => KubernetesObject;
const writers = new WeakMap<ApiObject, Writer>();
/** Warnings that were shown of a tree: what is written twice warns once. */
const shown = new WeakMap<IConstruct, Set<string>>();

/**
 * Has the manifest of an object checked whenever it is written. The first object of a tree also sees to those Istio objects of the tree that are none of ours,
 * such as included YAML.
 */
export function guard(object: ApiObject, write: Writer): void {
  writers.set(object, write);
  const root = object.node.root as IConstruct & { [GUARD]?: true };
  if (root[GUARD]) return;
  Object.defineProperty(root, GUARD, { value: true });
  // cdk8s asks once for each chart and once more; the tree is the same within one turn of the event loop.
  let seen = false;
  root.node.addValidation({
    validate: () => {
      if (!seen) {
        seen = true;
        queueMicrotask(() => {
          seen = false;
        });
        guardOthers(root);
      }
      return [];
    },
  });
}

function guardOthers(root: IConstruct): void {
  for (const object of root.node.findAll()) {
    if (!ApiObject.isApiObject(object) || stateOf(object) !== undefined || writers.has(object) || !kinds[`${object.apiGroup}/${object.kind}`]) continue;
    const write = object.toJson.bind(object);
    writers.set(object, write);
    object.toJson = () => {
      const json = write();
      checkWritten(object, json);
      return json;
    };
  }
}

/** Checks a manifest that was just written. Warnings are shown once; an error throws, with the errors of all other objects of the tree. */
export function checkWritten(object: ApiObject, json: KubernetesObject): void {
  const findings = findingsOf(object, json);
  if (findings.some(isError)) throw new ValidationError(errorsOf(object.node.root));
  warn(object.node.root, [...findings, ...unusedSettings(object, () => guarded(object.node.root))]);
}

function findingsOf(object: ApiObject, json: KubernetesObject): readonly Diagnostic[] {
  const { enabled, severityOf } = settingsFor(object);
  if (!enabled) return [];
  const manifest: Manifest = {
    object: json,
    origin: {
      construct: object.node.path,
      get location() {
        return displayed(authorLocation(object));
      },
    },
  };
  return suppressed(object, validation().validateManifests([manifest], { targetRelease: targetRelease(object), severityOf }));
}

const isError = (finding: Diagnostic): boolean => finding.severity === 'error';
const guarded = (root: IConstruct): ApiObject[] => root.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node) && writers.has(node));

function errorsOf(root: IConstruct): Diagnostic[] {
  return guarded(root).flatMap((object) => {
    try {
      return findingsOf(object, (writers.get(object) as Writer)()).filter(isError);
    } catch (error) {
      const location = displayed(authorLocation(object));
      return [{ code: 'construct/unwritable', severity: 'error', path: '', message: (error as Error).message, construct: object.node.path, ...(location ? { location } : {}) }];
    }
  });
}

function warn(root: IConstruct, warnings: readonly Diagnostic[]): void {
  if (warnings.length === 0) return;
  const known = shown.get(root) ?? new Set();
  shown.set(root, known);
  for (const warning of warnings) {
    const text = renderPretty([warning]);
    if (known.has(text)) continue;
    known.add(text);
    process.stderr.write(`${text}\n\n`);
  }
}

/** As the author would write the file's name: relative to where the program runs, when it lies below. */
function displayed(location: SourceLocation | undefined): SourceLocation | undefined {
  if (!location) return undefined;
  const file = relative(process.cwd(), location.file);
  return file.startsWith('..') || isAbsolute(file) ? location : { ...location, file };
}
