import { type Chart, Testing } from 'cdk8s';

/** A manifest, read without knowing its kind. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind
export type Manifest = any;

/** The Istio objects that a chart writes. */
export function manifests(chart: Chart): Manifest[] {
  return Testing.synth(chart).filter(({ apiVersion }) => apiVersion.includes('.istio.io/'));
}

/** The spec of the only object of a kind. */
export function specOf(chart: Chart, kind: string): Manifest {
  const found = manifests(chart).filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}`);
  return found[0].spec;
}

/** Runs what stands on the line of the call, and says which line that is and what was thrown. */
export function callLine(run: () => unknown): { line: number; error: string } {
  const line = Number(/:(\d+):\d+\)?$/m.exec(new Error().stack?.split('\n')[2] ?? '')?.[1]);
  try {
    run();
    return { line, error: '' };
  } catch (error) {
    return { line, error: (error as Error).message };
  }
}
