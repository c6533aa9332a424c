import { isDnsLabel } from '../manifest/host';
import { parseProtocol } from '../manifest/port';
import { suggest } from '../manifest/suggest';
import type { CheckContext } from './context';
import { portFieldRules as rules } from './rules/port-fields';

const protocols = ['TCP', 'UDP', 'GRPC', 'GRPC-WEB', 'HTTP', 'HTTP_PROXY', 'HTTP2', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL'];

/** Checks the name of a port. */
export function checkPortName(name: string, path: string, { report }: CheckContext): void {
  if (!isDnsLabel(name)) {
    report(rules.name, path, name === '' ? 'The port has no name.' : `"${name}" cannot be the name of a port.`);
  }
}

/** Checks the protocol of a port; without one Istio looks at the traffic to tell. */
export function checkProtocol(protocol: string, path: string, { report }: CheckContext): void {
  if (protocol !== '' && parseProtocol(protocol) === undefined) {
    const meant = suggest(protocol.toUpperCase(), protocols);
    report(rules.protocol, path, `Istio knows no protocol "${protocol}".`, meant === undefined ? undefined : `write ${meant}`);
  }
}
