import { choice, either, fields, flag, listOf, mapOf, number, object, port, type Shape, scalar, text } from './case/shape';

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

const secret = fields('a secret', { name: text, namespace: text, hosts: listOf(text), ca: text, clientCA: text, cn: text, missing: flag }, ['name']);

const outboundTrafficPolicy = fields('the outboundTrafficPolicy', { mode: choice('ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'), egressProxy: object });
const hosts = listOf(text);

/** The fields of MeshConfig that the simulation reads; it has many others. */
const readOfMeshConfig: Readonly<Record<string, Shape>> = {
  rootNamespace: text,
  trustDomain: text,
  trustDomainAliases: listOf(text),
  enableAutoMtls: flag,
  outboundTrafficPolicy,
  defaultServiceExportTo: hosts,
  defaultVirtualServiceExportTo: hosts,
  defaultDestinationRuleExportTo: hosts,
  extensionProviders: listOf(object),
};

const meshConfig: Shape = (value, path, complaints) => {
  const before = complaints.length;
  object(value, path, complaints);
  if (complaints.length > before) return;
  const read = Object.entries(value as object).filter(([name]) => Object.hasOwn(readOfMeshConfig, name));
  fields('the mesh configuration', readOfMeshConfig)(Object.fromEntries(read), path, complaints);
};

/** What the fields of facts hold, in a program as in a test file. */
export const factShapes: Readonly<Record<string, Shape>> = {
  mesh: meshConfig,
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
};
