import { mkdirSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type App, Yaml } from 'cdk8s';
import { inStages, type Stage, stageOf, stages } from './stages';

/** How Flux finds what {@link writeFluxStages} wrote. */
export interface FluxStagesOptions {
  /** Begins the names of the kustomizations. */
  readonly name: string;
  /** The folder to write, in which each stage gets one of its own. @default - that of the app */
  readonly outdir?: string;
  /** The same folder as its path in the repository. @default - outdir */
  readonly path?: string;
  /** Where Flux has the repository from. @default - the GitRepository flux-system */
  readonly sourceRef?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  /** The namespace of the kustomizations. @default 'flux-system' */
  readonly namespace?: string;
  /** How often Flux looks at them. @default '10m' */
  readonly interval?: string;
}

/**
 * Writes the manifests of an app by stages, each in a folder and as a Flux `Kustomization` that depends on the one before, and `flux.yaml` with those.
 * It takes the place of `app.synth()`. Flux prunes in the order in which it applies, so DestinationRules are kept when they leave the repository:
 * that they outlive the routes means that somebody deletes them when these are gone.
 * @returns the files written
 */
export function writeFluxStages(app: App, options: FluxStagesOptions): string[] {
  const { name, outdir = app.outdir, path = outdir, sourceRef = { kind: 'GitRepository', name: 'flux-system' } } = options;
  const objects = inStages(app.charts.flatMap((chart) => chart.toJson()));
  const used = stages.filter((stage) => objects.some((object) => stageOf(object) === stage));
  const files: string[] = [];
  const save = (file: string, contents: readonly unknown[]): void => {
    Yaml.save(file, [...contents]);
    files.push(file);
  };
  for (const stage of stages) {
    const folder = join(outdir, stage);
    rmSync(join(folder, `${name}${app.outputFileExtension}`), { force: true });
    if (!used.includes(stage)) continue;
    mkdirSync(folder, { recursive: true });
    save(
      join(folder, `${name}${app.outputFileExtension}`),
      objects.filter((object) => stageOf(object) === stage),
    );
  }
  const kustomization = (stage: Stage, index: number): object => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `${name}-${stage}`, namespace: options.namespace ?? 'flux-system' },
    spec: {
      interval: options.interval ?? '10m',
      path: `./${posix.join(path, stage)}`,
      prune: stage !== 'destinations',
      sourceRef,
      wait: true,
      ...(index > 0 ? { dependsOn: [{ name: `${name}-${used[index - 1]}` }] } : {}),
    },
  });
  save(join(outdir, 'flux.yaml'), used.map(kustomization));
  return files;
}
