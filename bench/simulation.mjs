// The simulation: building a mesh, and how many requests one thread answers in a second.

import { join } from 'node:path';
import { median, milliseconds, root, runNode } from './measure.mjs';

const app = join(root, 'bench/simulation-app.cjs');
const run = (services, requests) => JSON.parse(runNode(['--expose-gc', app, String(services), String(requests)]).stdout);

/** The mesh of size L and a tenth of it, so that growth shows. */
export function benchSimulation() {
  return [150, 'L'].map((size) => {
    const runs = [1, 2, 3].map(() => run(size, 30_000));
    const of = (field) => median(runs.map((each) => each[field]));
    const { objects } = runs[0];
    return `simulation, ${objects} objects: built in ${milliseconds(of('built'))}, every service met for the first time in ${milliseconds(of('firstVisits'))}, then ${Math.round(of('perSecond')).toLocaleString('en')} requests a second, ${(of('memory') / objects / 1024).toFixed(1)} kB for each object after 30,000 requests`;
  });
}
