// The cdk8s app of this repository: writes every scenario of the catalogue to a folder of its own, with all that `kubectl apply -k` needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { catalogue, type KustomizePatch, type Scenario, type Step } from './scenarios';

const outputFolder = process.env.CDK8S_OUTDIR ?? 'dist';

for (const scenario of catalogue) writeScenario(scenario, join(outputFolder, scenario.id));

function writeScenario({ steps, files }: Scenario, folder: string): void {
  const last = steps[steps.length - 1] as Step;
  if (steps.length === 1) writeStep(last, folder);
  else {
    for (const step of steps) writeStep(step, join(folder, step.id));
    writeKustomization(folder, [last.id]);
  }
  // cdk8s takes every .yaml file for a manifest; with this ending, what kubectl cannot apply stays out of its sight.
  for (const { tool, name, content } of files) write(join(folder, tool, `${name}.yml`), Yaml.stringify(content));
}

function writeStep({ id, chart: StepChart, patches = [] }: Step, folder: string): void {
  // Validations and their record of construct paths are about one app; here each folder is one, and holds manifests only.
  const app = new App({ outdir: folder, recordConstructMetadata: false });
  new StepChart(app, id);
  app.synth();
  for (const patch of patches) write(join(folder, patchFile(patch)), `${JSON.stringify(patch.operations, null, 2)}\n`);
  writeKustomization(folder, [`${id}.k8s.yaml`], patches);
}

function writeKustomization(folder: string, resources: readonly string[], patches: readonly KustomizePatch[] = []): void {
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    ...(patches.length > 0 ? { patches: patches.map((patch) => ({ path: patchFile(patch), target: patch.target })) } : {}),
  };
  write(join(folder, 'kustomization.yaml'), Yaml.stringify(kustomization));
}

function patchFile({ target }: KustomizePatch): string {
  return `patches/${target.kind}-${target.name}.json`.toLowerCase();
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
