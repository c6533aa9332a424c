import type { Case, Sound } from './case';

const patch = (match: string): string => `new EnvoyFilter(chart, 'filter', {
  configPatches: [
    { applyTo: 'CLUSTER', match: ${match}
  ],
});
`;
const entry = (props: string): string => `new ServiceEntry(chart, 'entry', { hosts: ['a.example'], ${props}\n`;
const override = (tags: string): string => `new Telemetry(chart, 'telemetry', {
  metrics: [{ overrides: [{ tagOverrides: { tag: ${tags}
});
`;
const ports = `ports: [{ number: 80, name: 'http' }]`;

export const otherCases: readonly Case[] = [
  ...(
    [
      ['listener: {}', 'cluster: {}'],
      ['listener: { portNumber: 80 }', 'routeConfiguration: {}'],
      ['routeConfiguration: {}', 'cluster: {}'],
    ] as const
  ).map(([one, other]) => ({
    mistake: `an EnvoyFilter match with ${one} and ${other}`,
    right: patch(`{ context: 'GATEWAY', ${one} } }, { match: { ${other} } },`),
    wrong: patch(`{ ${one}, ${other} } }, // refused: set only one of listener, routeConfiguration, cluster, waypoint`),
  })),
  {
    mistake: 'resolution NONE with endpoints',
    right: entry(`resolution: 'STATIC', endpoints: [{ address: '1.1.1.1' }], ${ports} });`),
    wrong: entry(
      `resolution: 'NONE', endpoints: [{ address: '1.1.1.1' }], ${ports} }); // refused: endpoints need resolution STATIC, DNS or DNS_ROUND_ROBIN and no workloadSelector`,
    ),
  },
  {
    mistake: 'endpoints without resolution',
    right: entry(`resolution: 'DNS', endpoints: [{ address: 'b.example' }], ${ports} });`),
    wrong: entry(`endpoints: [{ address: '1.1.1.1' }], ${ports} }); // refused: Property 'resolution' is missing`),
  },
  {
    mistake: 'endpoints with a workload selector',
    right: entry(`resolution: 'STATIC', workloadSelector: { labels: { app: 'a' } }, ${ports} });`),
    wrong: entry(
      `resolution: 'STATIC', endpoints: [{ address: '1.1.1.1' }], workloadSelector: { labels: { app: 'a' } } }); // refused: set only one of endpoints, workloadSelector`,
    ),
  },
  {
    mistake: 'matchLabels for labels',
    right: entry(`resolution: 'STATIC', workloadSelector: { labels: { app: 'a' } } });`),
    wrong: entry(`resolution: 'STATIC', workloadSelector: { matchLabels: { app: 'a' } } }); // refused: 'matchLabels' does not exist in type`),
  },
  {
    mistake: 'a location that nobody knows',
    right: entry(`location: 'MESH_EXTERNAL', resolution: 'DNS' });`),
    wrong: entry(`location: 'EXTERNAL', resolution: 'DNS' }); // refused: Type '"EXTERNAL"' is not assignable to type 'ServiceEntryLocation`),
  },
  {
    mistake: 'an entry without hosts',
    right: entry(`});`),
    wrong: `new ServiceEntry(chart, 'entry', { location: 'MESH_EXTERNAL' }); // refused: Property 'hosts' is missing`,
  },
  {
    mistake: 'no hosts of an egress listener',
    right: `new Sidecar(chart, 'sidecar', { egress: [{ hosts: ['./*'] }] });`,
    wrong: `new Sidecar(chart, 'sidecar', { egress: [{ port: { number: 80 } }] }); // refused: Property 'hosts' is missing`,
  },
  {
    mistake: 'two probes of a group',
    right: `new WorkloadGroup(chart, 'group', { template: {}, probe: { httpGet: { port: 80 } } });`,
    wrong: `new WorkloadGroup(chart, 'group', { template: {}, probe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }); // refused: set only one of httpGet, tcpSocket, exec, grpc`,
  },
  {
    mistake: 'a name among the metadata of workloads',
    right: `new WorkloadGroup(chart, 'group', { metadata: { name: 'group' }, template: {}, workloadMetadata: { labels: { app: 'a' } } });`,
    wrong: `new WorkloadGroup(chart, 'group', { template: {}, workloadMetadata: { name: 'group' } }); // refused: 'name' does not exist in type 'ObjectMeta'`,
  },
  {
    mistake: 'both wasm and lua',
    right: `new TrafficExtension(chart, 'extension', { lua: { inlineCode: 'x' } });`,
    wrong: `new TrafficExtension(chart, 'extension', { lua: { inlineCode: 'x' }, wasm: { url: 'oci://a' } }); // refused: set only one of wasm, lua`,
  },
  {
    mistake: 'an extension of nothing',
    right: `new TrafficExtension(chart, 'extension', { wasm: { url: 'oci://a' } });`,
    wrong: `new TrafficExtension(chart, 'extension', { priority: 1 }); // refused: Property 'wasm' is missing`,
  },
  {
    mistake: 'a value that is taken from the host and given',
    right: `new WasmPlugin(chart, 'plugin', { url: 'oci://a', vmConfig: { env: [{ name: 'A', valueFrom: 'HOST' }, { name: 'B', value: 'b' }] } });`,
    wrong: `new WasmPlugin(chart, 'plugin', { url: 'oci://a', vmConfig: { env: [{ name: 'A', valueFrom: 'HOST', value: 'b' }] } }); // refused: valueFrom HOST has no value`,
  },
  {
    mistake: 'a plugin without url',
    right: `new WasmPlugin(chart, 'plugin', { url: 'oci://a' });`,
    wrong: `new WasmPlugin(chart, 'plugin', { phase: 'AUTHN' }); // refused: Property 'url' is missing`,
  },
  {
    mistake: 'a tag that is removed and set',
    right: override(`{ operation: 'REMOVE' } } }] }],`),
    wrong: override(`{ operation: 'REMOVE', value: 'a' } } }] }], // refused: operation REMOVE has no value`),
  },
  {
    mistake: 'a tag that is set to nothing',
    right: override(`{ value: 'a' } } }] }],`),
    wrong: override(`{ operation: 'UPSERT' } } }] }], // refused: Property 'value' is missing`),
  },
  {
    mistake: 'two sources of a custom tag',
    right: `new Telemetry(chart, 'telemetry', { tracing: [{ customTags: { a: { literal: { value: 'b' } } } }] });`,
    wrong: `new Telemetry(chart, 'telemetry', { tracing: [{ customTags: { a: { literal: { value: 'b' }, header: { name: 'c' } } } }] }); // refused: set only one of literal, environment, header, formatter`,
  },
  {
    mistake: 'a misspelt provider',
    right: `new Telemetry(chart, 'telemetry', { tracing: [{ providers: [{ name: 'a' }] }], selector: { matchLabels: {} } });`,
    wrong: `new Telemetry(chart, 'telemetry', { tracing: [{ providers: [{ nam: 'a' }] }], selector: { matchLabels: {} } }); // refused: Did you mean to write 'name'?`,
  },
];

export const otherSounds: readonly Sound[] = [
  {
    what: 'nulls and free fields inside of an EnvoyFilter',
    right: `new EnvoyFilter(chart, 'filter', { configPatches: [{ applyTo: 'HTTP_FILTER', patch: { operation: 'MERGE', value: { a: null, b: [{ c: 1 }] } } }] });`,
  },
  { what: 'an entry of an address', right: `new WorkloadEntry(chart, 'entry', { address: '1.1.1.1', ports: { http: 80 }, weight: 1 });` },
  {
    what: 'settings of proxies',
    right: `new ProxyConfig(chart, 'proxy', { concurrency: 0, environmentVariables: { A: 'b' }, image: { imageType: 'distroless' } });`,
  },
];
