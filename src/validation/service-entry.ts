import { isFqdn, isPartialWildcard, isWildcard } from '../manifest/host';
import { isHttp, isTcp, isTls, parseProtocol } from '../manifest/port';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, eachText, message, messages, number, text, texts } from './decoded';
import { checkAddressOrName, checkEndpoint, checkEndpointPorts } from './endpoint';
import { checkExportTo } from './export-to';
import { wildcardDomainProblem } from './grammar/domain';
import { isSubnet } from './grammar/network';
import { checkPortName, checkProtocol } from './port-fields';
import { serviceEntryRules as rules } from './rules/service-entry';
import { checkWorkloadSelector } from './selectors';
import { checkLabels, checkPort } from './values';

const autoAllocation = 'networking.istio.io/enable-autoallocate-ip';
const useWaypoint = 'istio.io/use-waypoint';
const dynamicProtocols: ReadonlySet<string | undefined> = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

/** What istiod checks in a ServiceEntry. */
export const checkServiceEntry: KindCheck = (spec, context) => {
  if (!checkWorkloadSelector(message(spec.workloadSelector), 'spec.workloadSelector', context)) {
    return;
  }
  if (spec.workloadSelector !== undefined && spec.endpoints !== undefined) {
    const message = 'The endpoints are either listed or selected by workloadSelector, but both are given.';
    context.report(rules.selectorAndEndpoints, 'spec.endpoints', message);
  }
  const resolution = spec.resolution ?? 'NONE';
  checkHosts(spec, resolution === 'DYNAMIC_DNS', context);
  checkAddresses(spec, resolution === 'NONE' || resolution === 'STATIC', context);
  checkPorts(spec, resolution !== 'NONE' && !optsOutOfAllocation(context), context);
  switch (resolution) {
    case 'NONE':
      checkWithoutResolution(spec, context);
      break;
    case 'STATIC': {
      const service = { portNames: portNames(spec) };
      eachMessage(spec.endpoints, 'spec.endpoints', (endpoint, path) => checkEndpoint(endpoint, path, service, context));
      break;
    }
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      checkDns(spec, resolution, context);
      break;
    case 'DYNAMIC_DNS':
      checkDynamicDns(spec, context);
      break;
    default:
      context.report(rules.resolution, 'spec.resolution', `There is no resolution with the number ${String(resolution)}.`);
  }
  if (resolution !== 'NONE') {
    checkHostsCanBeTold(spec, context);
  }
  checkExportTo(spec.exportTo, context, { allowNone: true });
};

function portNames(spec: DecodedObject): ReadonlySet<string> {
  return new Set(messages(spec.ports).map((port) => text(port.name)));
}

function optsOutOfAllocation({ labels }: CheckContext): boolean {
  return Object.hasOwn(labels, autoAllocation) && labels[autoAllocation]?.toLowerCase() === 'false';
}

function checkHosts(spec: DecodedObject, dynamic: boolean, { report }: CheckContext): void {
  if (texts(spec.hosts).length === 0) {
    report(rules.noHosts, 'spec.hosts', 'The entry has no hosts, so no traffic would be for it.');
  }
  eachText(spec.hosts, 'spec.hosts', (host, path) => {
    const problem = host === '*' ? 'stands for everything, and a ServiceEntry cannot' : wildcardDomainProblem(host);
    if (problem !== undefined) {
      report(rules.host, path, `The host "${host}" ${problem}.`);
    }
    if (isPartialWildcard(host) && !dynamic) {
      report(rules.partialWildcard, path, `The wildcard of "${host}" is not a whole first label, so proxies match nothing with it.`);
    }
  });
}

function checkAddresses(spec: DecodedObject, allowRanges: boolean, { report }: CheckContext): void {
  eachText(spec.addresses, 'spec.addresses', (address, path) => {
    if (!isSubnet(address)) {
      report(rules.address, path, `"${address}" is neither an IP address nor a range of them.`);
    }
    if (address.includes('/') && !allowRanges) {
      report(rules.addressRange, path, `The range ${address} can stand with the resolutions NONE and STATIC only.`);
    }
  });
}

function checkPorts(spec: DecodedObject, allocatesAddresses: boolean, context: CheckContext): void {
  const needsAddress = texts(spec.addresses).length === 0 && !allocatesAddresses;
  const names = new Set<string>();
  const numbers = new Set<number>();
  eachMessage(spec.ports, 'spec.ports', (port, path) => {
    const name = text(port.name);
    const portNumber = number(port.number);
    const protocol = text(port.protocol);
    if (names.has(name)) {
      context.report(rules.duplicatePortName, `${path}.name`, `Two ports are named "${name}".`);
    }
    names.add(name);
    if (numbers.has(portNumber)) {
      context.report(rules.duplicatePort, `${path}.number`, `The port ${portNumber} is listed twice.`);
    }
    numbers.add(portNumber);
    if (number(port.targetPort) !== 0) {
      checkPort(number(port.targetPort), `${path}.targetPort`, context);
    }
    if (needsAddress && (protocol === '' || protocol === 'TCP')) {
      const message = `Without addresses, any traffic to port ${portNumber} counts as traffic of this service, whatever its destination.`;
      context.report(rules.tcpWithoutAddress, `${path}.protocol`, message);
    }
    checkPortName(name, `${path}.name`, context);
    checkProtocol(protocol, `${path}.protocol`, context);
    checkPort(portNumber, `${path}.number`, context);
  });
}

function checkWithoutResolution(spec: DecodedObject, { report }: CheckContext): void {
  if (spec.endpoints !== undefined) {
    report(
      rules.endpointsWithoutResolution,
      'spec.endpoints',
      'With the resolution NONE traffic goes to the address that the client asked for; endpoints have no place.',
    );
  }
  if (spec.workloadSelector !== undefined) {
    report(rules.selectorWithoutResolution, 'spec.workloadSelector', 'With the resolution NONE the selected workloads get no traffic.');
  }
}

function checkDns(spec: DecodedObject, resolution: string, context: CheckContext): void {
  const endpoints = messages(spec.endpoints);
  if (endpoints.length === 0) {
    const host = texts(spec.hosts).findIndex((name) => !isFqdn(name));
    if (host >= 0) {
      const message = `"${texts(spec.hosts)[host]}" cannot be looked up in DNS, and there are no endpoints to look up instead.`;
      context.report(rules.hostNotResolvable, `spec.hosts[${host}]`, message);
    }
  }
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    context.report(rules.severalEndpoints, 'spec.endpoints[1]', 'DNS_ROUND_ROBIN looks up a single name, but there are several endpoints.');
  }
  const service = { portNames: portNames(spec) };
  eachMessage(spec.endpoints, 'spec.endpoints', (endpoint, path) => {
    checkAddressOrName(text(endpoint.address), `${path}.address`, context);
    checkLabels(endpoint.labels, `${path}.labels`, context);
    checkEndpointPorts(endpoint.ports, `${path}.ports`, service, context);
  });
  const opaque = messages(spec.ports).find((port) => isTcp(parseProtocol(text(port.protocol))));
  if (texts(spec.addresses).length > 0 && texts(spec.hosts).length > 1 && opaque !== undefined) {
    const message = `Connections to port ${number(opaque.number)} at the addresses do not tell which of the hosts is meant.`;
    context.report(rules.hostsShareAddress, 'spec.hosts', message);
  }
}

function checkDynamicDns(spec: DecodedObject, { labels, report }: CheckContext): void {
  const hosts = texts(spec.hosts);
  const fixed = hosts.findIndex((host) => !isWildcard(host));
  if (fixed >= 0) {
    report(rules.dynamicHost, `spec.hosts[${fixed}]`, `DYNAMIC_DNS is for wildcards, but "${hosts[fixed]}" is none.`);
  }
  for (const field of ['addresses', 'endpoints']) {
    if (spec[field] !== undefined) {
      report(rules.dynamicAddresses, `spec.${field}`, `DYNAMIC_DNS looks up the host of each request, so ${field} cannot be set.`);
    }
  }
  eachMessage(spec.ports, 'spec.ports', (port, path) => {
    if (!dynamicProtocols.has(parseProtocol(text(port.protocol)))) {
      const protocol = text(port.protocol);
      report(rules.dynamicProtocol, `${path}.protocol`, `${protocol === '' ? 'Traffic of an unknown protocol' : protocol} does not say which host is meant.`);
    }
  });
  const location = spec.location ?? 'MESH_EXTERNAL';
  if (location !== 'MESH_EXTERNAL' && location !== 'MESH_INTERNAL') {
    report(rules.dynamicLocation, 'spec.location', `There is no location with the number ${String(location)}.`);
  }
  const waypoint = (Object.hasOwn(labels, useWaypoint) && labels[useWaypoint]) || 'none';
  if (location === 'MESH_INTERNAL' && waypoint.toLowerCase() !== 'none') {
    report(rules.dynamicBehindWaypoint, 'spec.location', `The waypoint ${waypoint} cannot serve hosts of DYNAMIC_DNS within the mesh.`);
  }
}

function checkHostsCanBeTold(spec: DecodedObject, { report }: CheckContext): void {
  if (texts(spec.hosts).length < 2) {
    return;
  }
  const opaque = messages(spec.ports).findIndex((port) => {
    const protocol = parseProtocol(text(port.protocol));
    return !isHttp(protocol) && !isTls(protocol);
  });
  if (opaque >= 0) {
    const message = 'The entry has several hosts, and traffic that is neither HTTP nor TLS does not say which of them is meant.';
    report(rules.hostsIndistinguishable, `spec.ports[${opaque}].protocol`, message);
  }
}
