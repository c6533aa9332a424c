import { isFqdn } from '../manifest/host';
import { isIp } from '../manifest/ip';
import { keyPath } from '../manifest/path';
import type { CheckContext, DecodedObject, DecodedValue } from './context';
import { message, number, text } from './decoded';
import { unixPathProblem, unixPrefix } from './grammar/network';
import { checkPortName } from './port-fields';
import { endpointRules as rules } from './rules/endpoint';
import { checkLabels, checkPort } from './values';

/** The ServiceEntry of which an endpoint is part. */
export interface OwningService {
  /** The names of its ports. */
  readonly portNames: ReadonlySet<string>;
}

/** Checks a WorkloadEntry, or an endpoint of a ServiceEntry with the resolution STATIC, which needs an address rather than a name. */
export function checkEndpoint(endpoint: DecodedObject, path: string, service: OwningService | undefined, context: CheckContext): void {
  const address = text(endpoint.address);
  const addressPath = `${path}.address`;
  const network = text(endpoint.network);
  if (address === '' && network === '') {
    context.report(rules.addressMissing, addressPath, 'The workload has no address, so nothing can be sent to it.');
    return;
  }
  if (address === '') {
    const message = `The workload has no address within the network ${network}, so it is reached through the gateway of the network only.`;
    context.report(rules.addressMissingInNetwork, addressPath, message);
  } else if (address.startsWith(unixPrefix)) {
    checkSocket(endpoint, address, path, service, context);
  } else if (service === undefined) {
    checkAddressOrName(address, addressPath, context);
  } else if (!isIp(address)) {
    const message = `The address "${address}" is no IP address, and with the resolution STATIC names are not looked up.`;
    context.report(rules.notIp, addressPath, message);
  }
  checkEndpointPorts(endpoint.ports, `${path}.ports`, service, context);
  checkLabels(endpoint.labels, `${path}.labels`, context);
}

/** Checks an address that may be a name to look up. */
export function checkAddressOrName(address: string, path: string, { report }: CheckContext): void {
  if (!isIp(address) && !isFqdn(address)) {
    report(rules.address, path, `${address === '' ? 'The endpoint has no address' : `"${address}" is neither an IP address nor a domain name`}.`);
  }
}

/** Checks the map from names of ports to numbers. */
export function checkEndpointPorts(ports: DecodedValue | undefined, path: string, service: OwningService | undefined, context: CheckContext): void {
  for (const [name, value] of Object.entries(message(ports) ?? {})) {
    const portPath = keyPath(path, name);
    if (service !== undefined && !service.portNames.has(name)) {
      const known = [...service.portNames].join(', ');
      context.report(rules.unknownPort, portPath, `The ServiceEntry has no port named "${name}"${known === '' ? '' : `, only ${known}`}.`);
    }
    checkPortName(name, portPath, context);
    checkPort(number(value), portPath, context);
  }
}

function checkSocket(endpoint: DecodedObject, address: string, path: string, service: OwningService | undefined, { report }: CheckContext): void {
  const problem = unixPathProblem(address.slice(unixPrefix.length));
  if (problem !== undefined) {
    report(rules.socketPath, `${path}.address`, `The path of the socket ${address} ${problem}.`);
  }
  if (Object.keys(message(endpoint.ports) ?? {}).length > 0) {
    report(rules.socketWithPorts, `${path}.ports`, `${address} is a Unix domain socket, which has no ports.`);
  }
  if (service !== undefined && service.portNames.size !== 1) {
    const message = `A Unix domain socket stands for one port, but the ServiceEntry has ${service.portNames.size}.`;
    report(rules.socketForSeveralPorts, `${path}.address`, message);
  }
}
