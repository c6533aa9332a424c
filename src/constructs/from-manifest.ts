import type { ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';
import { identityOf, type KubernetesObject } from '../manifest/manifest';
import { callerLocation, writtenAt } from './call-site';
import type { IstioObject } from './istio-object';
import { ownState } from './object-state';

interface KindClass<T> {
  readonly GVK: GroupVersionKind;
  new (scope: Construct, id: string, props: never): T;
}

/**
 * Makes the construct of a plain manifest: metadata, apiVersion and fields that nobody knows are kept, and a missing `spec` stays missing.
 * Throws for an object of another kind.
 */
export function fromManifest<T extends IstioObject>(kindClass: KindClass<T>, scope: Construct, id: string, object: KubernetesObject): T {
  const { GVK } = kindClass;
  const [group] = GVK.apiVersion.split('/') as [string];
  const identity = identityOf(object ?? {});
  if (identity.kind !== GVK.kind || !identity.apiVersion.startsWith(`${group}/`)) {
    const given =
      identity.kind === '' ? 'what was given has no kind' : `what was given is ${identity.kind} ${identity.name} of ${identity.apiVersion || 'no apiVersion'}`;
    throw new Error(`${GVK.kind}.fromManifest takes a ${GVK.kind} of ${group}; ${given}${writtenAt(callerLocation())}`);
  }
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  if (spec !== undefined && spec !== null && (typeof spec !== 'object' || Array.isArray(spec))) {
    throw new Error(`${GVK.kind}.fromManifest: spec of ${identity.name} is no object${writtenAt(callerLocation())}`);
  }
  const construct = new kindClass(scope, id, { apiVersion, metadata: metadata as ApiObjectMetadata | undefined } as never);
  const state = ownState(construct);
  state.spec = spec ? { ...spec } : undefined;
  state.rest = rest;
  return construct;
}
