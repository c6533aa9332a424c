import { parseTarget } from '../request';
import { anything, type Complaint, choice, count, either, fields, flag, listOf, mapOf, number, object, port, type Shape, scalar, text } from './shape';

const labels = mapOf(text);
const behavior = fields('a behavior', { status: number, delayMs: number, reset: flag, down: flag, mode: choice('extauthz', 'echo') });
const ports = listOf(port);

const service = fields(
  'a service',
  {
    name: text,
    namespace: text,
    ports: listOf(
      fields('a port', { name: text, port, targetPort: either('a port or its name', port, text), protocol: text, appProtocol: text, nodePort: port }, ['port']),
    ),
    selector: labels,
    clusterIP: text,
    type: text,
    externalName: text,
    annotations: labels,
    labels,
  },
  ['name'],
);

const workload = fields(
  'a workload',
  {
    name: text,
    namespace: text,
    labels,
    serviceAccount: text,
    sidecar: flag,
    gateway: flag,
    locality: text,
    ip: text,
    ports,
    containerPorts: mapOf(port),
    tlsPorts: ports,
    certHosts: listOf(text),
    certCA: text,
    ready: flag,
    pod: flag,
    behavior,
  },
  ['name'],
);

const external = fields(
  'an external host',
  { host: text, aliases: listOf(text), ports, tlsPorts: ports, ip: text, certHosts: listOf(text), certCA: text, behavior },
  ['host'],
);

const secret = fields('a secret', { name: text, namespace: text, hosts: listOf(text), ca: text, clientCA: text, cn: text }, ['name']);

const url: Shape = (value, path, complaints) => {
  const before = complaints.length;
  text(value, path, complaints);
  if (complaints.length > before) return;
  try {
    parseTarget(value as string);
  } catch (error) {
    complaints.push({ path, message: (error as Error).message });
  }
};

const header = either('a text or a list of texts', scalar, listOf(scalar));
const headers = either('an object, or a list of pairs of name and value,', mapOf(header), listOf(listOf(header)));

/** Whether everything that is expected can be compared. */
const expected: Shape = (value, path, complaints) => {
  if (typeof value !== 'object' || value === null) return;
  if (Object.keys(value).length === 1 && 'regex' in value) regex(value.regex, `${path}.regex`, complaints);
  for (const item of Object.values(value)) expected(item, path, complaints);
};

const regex: Shape = (value, path, complaints) => {
  try {
    new RegExp(String(value));
  } catch (error) {
    complaints.push({ path, message: (error as Error).message });
  }
};

const call = fields(
  'a call',
  {
    id: text,
    description: text,
    from: text,
    via: text,
    url,
    method: text,
    headers,
    body: text,
    tls: fields('tls of a call', {
      sni: text,
      ca: text,
      cert: fields('a certificate', { ca: text, cn: text, uri: text, dns: listOf(text) }),
      insecure: flag,
      checkHost: flag,
      alpn: listOf(text),
    }),
    ip: text,
    source: text,
    count,
    keepAlive: flag,
    timeoutMs: number,
    waitMs: number,
    claims: object,
    observe: listOf(text),
    expect: mapOf(expected),
  },
  ['from', 'url'],
);

const caseFields = fields(
  'a test',
  {
    name: text,
    description: text,
    istio: either('a list of objects or YAML text', text, listOf(object)),
    manifests: either('a path or a list of paths', text, listOf(text)),
    mesh: object,
    services: listOf(service),
    workloads: listOf(workload),
    external: listOf(external),
    secrets: listOf(secret),
    files: mapOf(fields('a certificate file', { ca: text, cn: text, hosts: listOf(text), missing: flag })),
    namespaces: mapOf(labels),
    documentOrder: flag,
    dns: choice('listed', 'open'),
    validation: choice('cluster', 'istiod'),
    topology: choice('nodes', 'pods'),
    env: mapOf(scalar),
    proxyVersion: text,
    calls: listOf(call),
    expectRejected: listOf(text),
    expectWarned: listOf(text),
    group: anything,
  },
  ['name'],
);

/** What is wrong with one test. */
export function complaintsAbout(value: unknown, path: string): Complaint[] {
  const complaints: Complaint[] = [];
  caseFields(value, path, complaints);
  return complaints;
}
