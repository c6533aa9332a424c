// What loading the package costs beyond loading cdk8s, and what remembering the author's place costs a construct.
import { createRequire } from 'node:module';
import { compare, median, milliseconds, runNode } from './measure.mjs';

const require = createRequire(import.meta.url);

export function benchRequire(runs = 9) {
  const figures = compare(
    { cdk8s: () => runNode(['-e', "require('cdk8s')"]), ours: () => runNode(['-e', "require('cdk8s');require('./lib/src/index.js')"]) },
    runs,
  );
  return [
    `require: cdk8s ${milliseconds(figures.cdk8s.cpu)}, with cdk8s-istio ${milliseconds(figures.ours.cpu)}: ${milliseconds(figures.ours.cpu - figures.cdk8s.cpu)} more`,
  ];
}

export function benchAuthor(count = 10_000) {
  const { recordAuthor } = require('../lib/src/constructs/call-site.js');
  const nested = (depth) => (depth === 0 ? measure() : nested(depth - 1));
  const measure = () => {
    const objects = Array.from({ length: count }, () => ({}));
    const start = process.hrtime.bigint();
    for (const object of objects) recordAuthor(object);
    return Number(process.hrtime.bigint() - start) / 1e3 / count;
  };
  const figures = [1, 2, 3, 4, 5, 6, 7].map(() => nested(10));
  return [`author's place: ${median(figures).toFixed(2)} µs a construct while nobody asks`];
}
