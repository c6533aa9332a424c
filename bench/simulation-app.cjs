// One process that builds a mesh and asks it: node simulation-app.cjs SERVICES REQUESTS
const [, , services, requests] = process.argv;

async function main() {
  const { meshOf, sizes } = await import('./mesh.mjs');
  const { Mesh } = require('../lib/src/simulation/index.js');
  const count = sizes[services] ?? Number(services);
  const objects = meshOf(count).flatMap((namespace) => namespace.objects);
  // What every program pays once for its code is measured apart: the first mesh is a small one.
  Mesh.of(meshOf(10).flatMap((namespace) => namespace.objects)).request({ from: 'svc-1.team-0', to: 'http://svc-0/api/' });
  global.gc?.();
  const memoryBefore = process.memoryUsage().heapUsed;
  const started = performance.now();
  const mesh = Mesh.of(objects);
  const built = performance.now() - started;
  const teams = Math.ceil(count / 10);
  const teamOf = (number) => Math.floor(number / 10);
  let answered = 0;
  // Callers, servers, paths and headers vary; every service is met.
  const ask = (index) => {
    const server = (index * 7) % count;
    const caller = teamOf(server) * 10 + ((server + 1) % 10);
    const outcome = mesh.request({
      from: `svc-${caller}.team-${teamOf(caller) % teams}`,
      to: `http://svc-${server}${index % 3 === 0 ? '/api/items' : '/other'}`,
      method: index % 2 === 0 ? 'GET' : 'POST',
      headers: index % 5 === 0 ? { 'x-canary': 'true' } : {},
    });
    if (outcome.alternatives.some(({ result }) => result.status === 200 || result.status === 403)) answered += 1;
  };
  const timed = (times) => {
    const before = performance.now();
    for (let index = 0; index < times; index += 1) ask(index);
    return performance.now() - before;
  };
  // The first request to a service has its objects judged and its routes, clusters and policies made.
  const firstVisits = timed(count);
  const perSecond = (Number(requests) / timed(Number(requests))) * 1000;
  global.gc?.();
  const memory = process.memoryUsage().heapUsed - memoryBefore;
  // Asked once more, so that the mesh is still there when the memory is looked at.
  ask(0);
  console.log(JSON.stringify({ objects: objects.length, built, firstVisits, perSecond, answered, memory }));
}

main();
