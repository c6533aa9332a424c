import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiObjectsOf, inStages, type Stage, stageOf } from './stages';

/**
 * Orders what each chart of a scope writes: namespaces first, then everything else, then DestinationRules, then the routes that use their subsets.
 * It goes by kind and adds no dependencies between charts or objects, whose cost grows with the square of their number and which rename the files.
 */
export function applyOrder(scope: IConstruct): void {
  for (const chart of scope.node.findAll()) {
    if (!Chart.isChart(chart)) continue;
    const inOrderOfConstruction = chart.toJson.bind(chart);
    Object.defineProperty(chart, 'toJson', { value: () => inStages(inOrderOfConstruction()), configurable: true });
  }
}

const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const waves: Readonly<Record<Stage, number>> = { namespaces: -1, foundation: 0, destinations: 1, routes: 2 };

/**
 * Gives every object of a scope that has none the sync wave of its kind, for Argo CD: it applies waves in rising order and prunes in falling order,
 * so DestinationRules precede the routes that use their subsets and outlive them. Call it when all objects are there.
 * @param options.first added to every wave. @default 0
 */
export function syncWaves(scope: IConstruct, options: { readonly first?: number } = {}): void {
  for (const object of apiObjectsOf(scope)) {
    if (object.metadata.toJson()?.annotations?.[SYNC_WAVE] !== undefined) continue;
    object.metadata.addAnnotation(SYNC_WAVE, String(waves[stageOf(object)] + (options.first ?? 0)));
  }
}

/** One entry of `spec.ignoreDifferences` of an Argo CD Application. */
export interface IgnoredDifference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly jqPathExpressions: readonly string[];
}

/** What an Argo CD Application must ignore of a VirtualService whose weights a rollout controller changes; otherwise each undoes what the other wrote. */
export function ignoreWeights(virtualService: { readonly name: string; readonly metadata: { readonly namespace?: string } }): IgnoredDifference {
  const { namespace } = virtualService.metadata;
  return {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    name: virtualService.name,
    ...(namespace === undefined ? {} : { namespace }),
    jqPathExpressions: ['.spec.http[]?.route[]?.weight'],
  };
}
