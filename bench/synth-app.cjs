// One process that builds and synthesises the mesh: node synth-app.cjs VARIANT SIZE OUTDIR [CLASSES]
// VARIANT: ours | unchecked (ours without checks) | imported | plain
const { App, Chart, ApiObject } = require('cdk8s');
const [, , variant, size, outdir, classes] = process.argv;

/** The class for a kind, and the props that it takes. */
function factory() {
  if (variant === 'plain') return undefined;
  if (variant === 'imported') {
    const imported = require(classes);
    return ({ kind, metadata, spec }) => [imported[kind], { metadata, spec: kind === 'DestinationRule' ? renamed(spec) : spec }];
  }
  const ours = require('../lib/src/index.js');
  return ({ kind, metadata, spec }) => [ours[kind], { metadata, ...spec }];
}

/** The imported classes call one field of outlier detection by another name. */
function renamed({ trafficPolicy, ...spec }) {
  const { consecutive5xxErrors: consecutive5XxErrors, ...outlierDetection } = trafficPolicy.outlierDetection;
  return { ...spec, trafficPolicy: { ...trafficPolicy, outlierDetection: { ...outlierDetection, consecutive5XxErrors } } };
}

async function main() {
  const { meshOf, sizes, isIstio } = await import('./mesh.mjs');
  const make = factory();
  const app = new App({ outdir });
  if (variant === 'unchecked') require('../lib/src/index.js').configureValidation(app, { enabled: false });
  for (const { namespace, objects } of meshOf(sizes[size])) {
    const chart = new Chart(app, namespace);
    for (const object of objects) {
      const id = `${object.kind}-${object.metadata.name}`;
      if (make && isIstio(object)) {
        const [Class, props] = make(object);
        new Class(chart, id, props);
      } else new ApiObject(chart, id, object);
    }
  }
  app.synth();
}
main();
