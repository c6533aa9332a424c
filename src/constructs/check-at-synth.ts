import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { kinds } from '../../imports';
import type { Diagnostic } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import { renderPretty } from '../render';
import { helpFor, unwritableConstruct } from '../validation/options';
import { displayedLocation } from './call-site';
import { stateOf } from './object-state';
import { serialize } from './serialize';
import { type Remaining, suppressed, unusedSettings } from './suppressions';
import { targetRelease } from './target-release';
import { initTreeState, type TreeState, treeState } from './tree-state';
import { isChecked, keepUnchecked, uncheckedWriter } from './unchecked';
import { ValidationError } from './validation-error';
import { settingsFor } from './validation-settings';

let loaded: typeof import('../validation/manifests') | undefined;

/** The checks are loaded when the first manifest is written: a program that only imports constructs does not pay for them. */
function validation(): typeof import('../validation/manifests') {
  loaded ??= require('../validation/manifests') as typeof import('../validation/manifests');
  return loaded;
}

/** Has a new object of ours see to those Istio objects of its tree that are none of ours, such as included YAML: they are checked too. */
export function guard({ node: { root } }: ApiObject): void {
  const known = treeState(root);
  if (known) {
    known.searched = false;
    return;
  }
  const tree = initTreeState(root);
  root.node.addValidation({
    validate: () => {
      // cdk8s asks once for each chart and once more, and searching a large tree takes its time: within one turn of the event loop once is enough.
      if (!tree.searched) {
        guardOthers(root, tree);
        // Not queueMicrotask: the fake timers of a test hold that back.
        void Promise.resolve().then(() => {
          tree.searched = false;
        });
      }
      return [];
    },
  });
}

/** Finds the Istio objects of a tree that are none of ours and have come since the last search. */
function guardOthers(root: IConstruct, tree: TreeState): ApiObject[] {
  tree.searched = true;
  tree.first = undefined;
  const others = root.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node) && !isChecked(node) && isIstio(node));
  for (const object of others) {
    const write = object.toJson.bind(object);
    keepUnchecked(object, write);
    object.toJson = () => {
      const json = write();
      checkWritten(object, json);
      return json;
    };
  }
  return others;
}

const isIstio = ({ apiGroup, kind }: ApiObject): boolean => `${apiGroup}/${kind}` in kinds;

/** Checks a manifest that was just written. Warnings are shown once; an error throws, with the errors of all other objects of the tree. */
export function checkWritten(object: ApiObject, json: KubernetesObject): void {
  const { root } = object.node;
  const tree = treeState(root) as TreeState;
  if (tree.first === object) for (const other of guardOthers(root, tree)) other.toJson();
  tree.first ??= object;
  const { findings, met } = check(object, json);
  if (findings.some(isError)) throw new ValidationError(errorsOf(root, object, findings));
  const unused = unusedSettings(object, met, tree, () => checkedObjects(root));
  if (unused.some(isError)) throw new ValidationError(unused.filter(isError));
  warn(tree, [...findings, ...unused]);
}

function check(object: ApiObject, json: KubernetesObject): Remaining {
  const { enabled, ignored, severityOf } = settingsFor(object);
  if (!enabled) return { findings: [], met: ignored }; // What is not checked cannot show that a code is ignored in vain.
  const manifest: Manifest = {
    object: json,
    origin: {
      construct: object.node.path,
      get location() {
        return displayedLocation(object);
      },
    },
  };
  return suppressed(object, validation().validateManifests([manifest], { targetRelease: targetRelease(object), severityOf }), ignored);
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
const checkedObjects = (root: IConstruct): ApiObject[] => root.node.findAll().filter((node): node is ApiObject => isChecked(node));

/** The errors of all objects of a tree, of which one has been checked. */
function errorsOf(root: IConstruct, checked: ApiObject, findings: readonly Diagnostic[]): Diagnostic[] {
  return checkedObjects(root).flatMap((object) => (object === checked ? findings : findingsOf(object)).filter(isError));
}

function findingsOf(object: ApiObject): readonly Diagnostic[] {
  try {
    return check(object, writeUnchecked(object)).findings;
  } catch (error) {
    const location = displayedLocation(object);
    const message = error instanceof Error ? error.message : String(error);
    const { code, severity, fix } = unwritableConstruct;
    return [{ code, severity, path: '', message, construct: object.node.path, ...(location ? { location } : {}), fix, help: helpFor(code) }];
  }
}

function writeUnchecked(object: ApiObject): KubernetesObject {
  const state = stateOf(object);
  return state ? serialize(object, state) : (uncheckedWriter(object) as () => KubernetesObject)();
}

function warn({ shown }: TreeState, warnings: readonly Diagnostic[]): void {
  for (const warning of warnings) {
    const text = renderPretty([warning]);
    if (shown.has(text)) continue;
    shown.add(text);
    process.stderr.write(`${text}\n\n`);
  }
}
