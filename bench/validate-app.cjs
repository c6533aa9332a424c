// One process that validates plain objects in memory: node validate-app.cjs COUNT REPEAT, or their synthesis with cdk8s: node validate-app.cjs COUNT synth OUTDIR
const [, , count, what, outdir] = process.argv;

/** A third VirtualServices with three routes, a third DestinationRules, the rest policies. */
async function istioObjects(total) {
  const { meshOf } = await import('./mesh.mjs');
  const wanted = ['VirtualService', 'DestinationRule', 'AuthorizationPolicy'];
  const objects = meshOf(Math.ceil(total / 3)).flatMap((namespace) => namespace.objects);
  return objects.filter(({ kind }) => wanted.includes(kind)).slice(0, total);
}

async function main() {
  const objects = await istioObjects(Number(count));
  const start = process.cpuUsage();
  if (what === 'synth') {
    const { App, Chart, ApiObject } = require('cdk8s');
    const app = new App({ outdir });
    const chart = new Chart(app, 'mesh');
    for (const [index, object] of objects.entries()) new ApiObject(chart, String(index), object);
    app.synth();
  } else {
    const { validate } = require('../lib/src/validation/index.js');
    for (let round = 0; round < Number(what); round += 1) {
      const findings = validate(objects);
      if (findings.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(findings[0]));
    }
  }
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify({ cpu: (user + system) / 1e3 }));
}
main();
