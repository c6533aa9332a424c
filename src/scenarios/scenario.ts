import { App, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../manifest/manifest';
import type { Claim } from './claim';
import type { ScenarioProps } from './scenario-chart';

/** The four bodies of hand-written Istio material that the catalogue reproduces. */
export type Source = 'kube-meshy' | 'course' | 'classic' | 'playground';

/** A chart of the catalogue: every prop has the catalogue's value as its default. */
export type ScenarioChartClass = new (scope: Construct, id: string, props?: ScenarioProps) => Chart;

/** One operation of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A change that kustomize makes to one object of a step. */
export interface KustomizePatch {
  readonly target: { readonly kind: string; readonly name: string };
  readonly operations: readonly PatchOperation[];
}

/** What a learner applies at once. */
export interface Step {
  /** The folder of the step, such as `01-all-to-v1`; a scenario of a single step has no folder of its own for it, and its last name is the id. */
  readonly id: string;
  readonly title: string;
  readonly chart: ScenarioChartClass;
  readonly patches?: readonly KustomizePatch[];
}

/** A file for another tool than kubectl. */
export interface ToolFile {
  /** The tool that reads it, which also names its folder. */
  readonly tool: 'istioctl' | 'kind';
  readonly name: string;
  readonly content: object;
}

/** One scenario of the catalogue. */
export interface Scenario {
  /** Collection and name, such as `course/weighted`; also the folder below `dist/`. */
  readonly id: string;
  /** What it shows, in one line. */
  readonly title: string;
  readonly source: Source;
  /**
   * The Istio release that its source was written for. The classic ones are older than today's kinds: for them it is the oldest release that has these.
   */
  readonly istio: string;
  /** In the order in which to apply them; the last one is the whole scenario. */
  readonly steps: readonly [Step, ...Step[]];
  /** What traffic does once a step is applied. */
  readonly claims: readonly Claim[];
  /** The kinds of all its objects and files, sorted. */
  readonly kinds: readonly string[];
  readonly files: readonly ToolFile[];
}

/** A scenario as its file writes it: either one chart or several steps. */
interface ScenarioDefinition extends Pick<Scenario, 'title' | 'claims'> {
  readonly id: `${Source}/${string}`;
  readonly chart?: ScenarioChartClass;
  readonly patches?: readonly KustomizePatch[];
  readonly steps?: Scenario['steps'];
  readonly files?: readonly ToolFile[];
}

const writtenFor: Readonly<Record<Source, string>> = { 'kube-meshy': '1.8', course: '1.14', classic: '1.8', playground: '1.24' };

/** Completes what a scenario's file says with what follows from it. */
export function defineScenario({ id, title, claims, chart, patches, steps, files = [] }: ScenarioDefinition): Scenario {
  const [source, name] = id.split('/') as [Source, string];
  const all = steps ?? [{ id: name, title, chart: chart as ScenarioChartClass, ...(patches ? { patches } : {}) }];
  return {
    id,
    title,
    source,
    istio: writtenFor[source],
    steps: all,
    claims,
    files,
    get kinds() {
      const objects = [...all.flatMap((step) => manifestsOf(step)), ...files.map(({ content }) => content as KubernetesObject)];
      return [...new Set(objects.map(({ kind }) => String(kind)))].sort();
    },
  };
}

/** The manifests of a step, without the patches of kustomize. */
export function manifestsOf(step: Step, props: ScenarioProps = {}): KubernetesObject[] {
  return new step.chart(new App(), step.id, props).toJson();
}
