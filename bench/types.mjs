// node bench/types.mjs: what this package's types cost a compiler. A file that uses every kind is compiled under the options of the cdk8s template, and so is the same
// file with cdk8s alone; the difference is the price. Whole processes, CPU time, medians of five runs in turn. Needs a built package (npm run build).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');

/** The promises, in seconds of CPU. */
const compilers = [
  { name: 'tsc 5.9', folder: 'typescript-5.9', limit: 0.5 },
  { name: 'tsc 7', folder: 'typescript', limit: 0.15 },
];

/** Kind, apiVersion, and the fields of its spec. */
const objects = [
  [
    'Gateway',
    'networking.istio.io/v1',
    `{ selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'cert' } }] }`,
  ],
  [
    'DestinationRule',
    'networking.istio.io/v1',
    `{ host: 'reviews', trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: 'user', ttl: '0s' } } }, tls: { mode: 'ISTIO_MUTUAL' }, outlierDetection: { interval: '10s' } }, subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }] }`,
  ],
  [
    'VirtualService',
    'networking.istio.io/v1',
    `{ hosts: ['reviews'], gateways: ['mesh'], http: [{ match: [{ uri: { prefix: '/a' }, headers: { user: { exact: 'jason' } } }], route: [{ destination: { host: 'reviews', subset: 'v2' } }], timeout: '5s', retries: { attempts: 2, perTryTimeout: '1.5s' } }, { redirect: { uri: '/' } }, { route: [{ destination: { host: 'reviews', subset: 'v1' }, weight: 90 }, { destination: { host: 'reviews', subset: 'v2' }, weight: 10 }], fault: { delay: { fixedDelay: '1s', percentage: { value: 10 } } } }], tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: { host: 'a' } }] }] }`,
  ],
  [
    'ServiceEntry',
    'networking.istio.io/v1',
    `{ hosts: ['api.example.com'], location: 'MESH_EXTERNAL', resolution: 'STATIC', ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], endpoints: [{ address: '192.0.2.1' }] }`,
  ],
  [
    'Sidecar',
    'networking.istio.io/v1',
    `{ workloadSelector: { labels: { app: 'a' } }, egress: [{ hosts: ['./*', 'istio-system/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }`,
  ],
  ['WorkloadEntry', 'networking.istio.io/v1', `{ address: '192.0.2.1', ports: { http: 80 }, labels: { app: 'a' } }`],
  ['WorkloadGroup', 'networking.istio.io/v1', `{ template: { serviceAccount: 'a' }, probe: { httpGet: { port: 80 }, periodSeconds: 5 } }`],
  [
    'EnvoyFilter',
    'networking.istio.io/v1alpha3',
    `{ configPatches: [{ applyTo: 'HTTP_FILTER', match: { context: 'GATEWAY', listener: { portNumber: 80 } }, patch: { operation: 'INSERT_BEFORE', value: { name: 'a' } } }] }`,
  ],
  ['ProxyConfig', 'networking.istio.io/v1beta1', `{ concurrency: 2, environmentVariables: { A: 'b' } }`],
  [
    'PeerAuthentication',
    'security.istio.io/v1',
    `{ selector: { matchLabels: { app: 'a' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { '80': { mode: 'PERMISSIVE' } } }`,
  ],
  ['RequestAuthentication', 'security.istio.io/v1', `{ jwtRules: [{ issuer: 'a', jwksUri: 'https://a.example/keys', fromHeaders: [{ name: 'x' }] }] }`],
  [
    'AuthorizationPolicy',
    'security.istio.io/v1',
    `{ action: 'ALLOW', selector: { matchLabels: { app: 'a' } }, rules: [{ from: [{ source: { principals: ['*'] } }], to: [{ operation: { methods: ['GET'], paths: ['/a'] } }], when: [{ key: 'request.auth.claims[iss]', values: ['a'] }] }] }`,
  ],
  [
    'Telemetry',
    'telemetry.istio.io/v1',
    `{ tracing: [{ customTags: { a: { literal: { value: 'b' } } } }], metrics: [{ overrides: [{ match: { metric: 'REQUEST_COUNT' }, tagOverrides: { a: { operation: 'REMOVE' } } }] }] }`,
  ],
  ['WasmPlugin', 'extensions.istio.io/v1alpha1', `{ url: 'oci://a', phase: 'AUTHN', vmConfig: { env: [{ name: 'A', value: 'b' }] } }`],
  ['TrafficExtension', 'extensions.istio.io/v1alpha1', `{ lua: { inlineCode: 'x' }, match: [{ mode: 'SERVER', ports: [{ number: 80 }] }] }`],
];

const header = `import { App, Chart } from 'cdk8s';\nconst chart = new Chart(new App(), 'chart');\n`;
const programs = {
  ours: `import { ${objects.map(([kind]) => kind).join(', ')} } from 'cdk8s-istio';\n${header}${objects.map(([kind, , spec]) => `new ${kind}(chart, '${kind}', ${spec});`).join('\n')}\n`,
  alone: `import { ApiObject } from 'cdk8s';\n${header}${objects.map(([kind, apiVersion, spec]) => `new ApiObject(chart, '${kind}', { apiVersion: '${apiVersion}', kind: '${kind}', spec: ${spec} });`).join('\n')}\n`,
};

/** A project of the template with one file; gives its folder. */
function project(folder, program) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of ['cdk8s', 'constructs']) symlinkSync(realpathSync(join(modules, name)), join(folder, 'node_modules', name), 'junction');
  symlinkSync(root, join(folder, 'node_modules/cdk8s-istio'), 'junction');
  writeFileSync(join(folder, 'tsconfig.json'), readFileSync(join(modules, 'cdk8s-cli/templates/typescript-app/tsconfig.json')));
  writeFileSync(join(folder, 'main.ts'), program);
  return folder;
}

/** Seconds of CPU of a compilation. The shell counts the processes that its child starts too: the native compiler is one. */
function compile(compiler, folder) {
  const script = `'${process.execPath}' '${join(modules, compiler, 'bin/tsc')}' --project . --noEmit; status=$?; times; exit $status`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${compiler} fails:\n${stdout}${stderr}`);
  const [, user, system] = /(\d+m[\d.]+)s (\d+m[\d.]+)s\s*$/.exec(stdout);
  const seconds = (text) => text.split('m').reduce((minutes, rest) => Number(minutes) * 60 + Number(rest));
  return seconds(user) + seconds(system);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One line for each compiler. */
export function benchTypes(runs = 5) {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-bench-'));
  try {
    const folders = Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, project(join(scratch, name), program)]));
    return compilers.map(({ name, folder: compiler, limit }) => {
      const times = { ours: [], alone: [] };
      for (const variant of ['ours', 'alone']) compile(compiler, folders[variant]); // warms the disk cache
      for (let run = 0; run < runs; run += 1) for (const variant of ['ours', 'alone']) times[variant].push(compile(compiler, folders[variant]));
      const [ours, alone] = [median(times.ours), median(times.alone)];
      const added = ours - alone;
      const verdict = added <= limit ? 'within' : 'OVER';
      return `types, ${name}: a file that uses every kind adds ${added.toFixed(2)} s of CPU (${ours.toFixed(2)} s, with cdk8s alone ${alone.toFixed(2)} s), ${verdict} the limit of ${limit} s`;
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) for (const line of benchTypes()) console.log(line);
