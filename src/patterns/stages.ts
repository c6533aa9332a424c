import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** What must be there before what, when a cluster takes the objects one after the other. */
export const stages = ['namespaces', 'foundation', 'destinations', 'routes'] as const;

/** One step of applying manifests. */
export type Stage = (typeof stages)[number];

/** Kinds that are not of the foundation. Routes name subsets, so what defines these comes before and goes after them. */
const stageOfKind: Readonly<Record<string, Stage>> = {
  '/Namespace': 'namespaces',
  'apiextensions.k8s.io/CustomResourceDefinition': 'namespaces',
  'networking.istio.io/DestinationRule': 'destinations',
  'networking.istio.io/VirtualService': 'routes',
  'gateway.networking.k8s.io/HTTPRoute': 'routes',
  'gateway.networking.k8s.io/GRPCRoute': 'routes',
  'gateway.networking.k8s.io/TLSRoute': 'routes',
  'gateway.networking.k8s.io/TCPRoute': 'routes',
};

/** The stage of an object, by its kind alone: nothing has to be compared with anything else. */
export function stageOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): Stage {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return stageOfKind[`${group}/${kind}`] ?? 'foundation';
}

/** Objects in the order of their stages; within a stage they keep theirs. */
export function inStages<T extends { readonly apiVersion: string; readonly kind: string }>(objects: readonly T[]): T[] {
  return stages.flatMap((stage) => objects.filter((object) => stageOf(object) === stage));
}

/** The objects of a scope, whichever copy of cdk8s made them. */
export function apiObjectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter(ApiObject.isApiObject);
}
