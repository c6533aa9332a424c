import { isDnsLabel } from '../manifest/host';
import { isIp } from '../manifest/ip';
import { isHttp, isPortNumber, isTls, parseProtocol } from '../manifest/port';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, eachText, message, messages, number, text, texts } from './decoded';
import { namespacedHostProblems } from './grammar/domain';
import { unixPathProblem, unixPrefix } from './grammar/network';
import { gatewayRules as rules } from './rules/gateway';
import { checkServerTls } from './server-tls';
import { checkPort } from './values';

/** What istiod checks of a Gateway. */
export const checkGateway: KindCheck = (spec, context) => {
  const { identity, report } = context;
  // istiod makes Gateways of those of the Gateway API, under names and with hosts that people cannot write.
  const ofGatewayApi = context.annotations['internal.istio.io/gateway-semantics'] === 'gateway';
  if (!isDnsLabel(identity.name) && !ofGatewayApi) {
    report(rules.invalidName, 'metadata.name', `"${identity.name}" cannot be the name of a Gateway, which has no dots and at most 63 characters.`);
  }
  if (messages(spec.servers).length === 0) {
    report(rules.noServers, 'spec.servers', 'The Gateway has no servers, so it would open no port.');
  }
  const portNames = new Set<string>();
  eachMessage(spec.servers, 'spec.servers', (server, path) => {
    checkHosts(server, path, ofGatewayApi, context);
    checkServer(server, path, context);
    checkPortName(server, path, portNames, context);
  });
};

function checkHosts(server: DecodedObject, path: string, ofGatewayApi: boolean, { report }: CheckContext): void {
  if (texts(server.hosts).length === 0) {
    report(rules.noHosts, `${path}.hosts`, 'The server has no hosts, so it would serve nothing.');
  }
  eachText(server.hosts, `${path}.hosts`, (host, hostPath) => {
    const problems = namespacedHostProblems(host, ofGatewayApi ? 'gateway-of-gateway-api' : 'gateway');
    if (problems.length > 0) {
      report(rules.invalidHost, hostPath, `The host "${host}" ${problems.join('; it ')}.`);
    }
  });
}

function checkServer(server: DecodedObject, path: string, context: CheckContext): void {
  const port = message(server.port);
  const bind = text(server.bind);
  const tls = message(server.tls);
  const validPort = checkServerPort(port, bind, `${path}.port`, context);
  checkBind(port, bind, path, context);
  if (tls !== undefined) {
    checkServerTls(tls, `${path}.tls`, context);
  }
  if (validPort && port !== undefined) {
    checkTlsFitsProtocol(text(port.protocol), tls, `${path}.tls`, context);
  }
}

/** Checks the port, and says whether it is right. */
function checkServerPort(port: DecodedObject | undefined, bind: string, path: string, context: CheckContext): boolean {
  const { report } = context;
  if (port === undefined) {
    report(rules.portMissing, path, 'The server has no port.');
    return false;
  }
  let valid = true;
  const protocol = text(port.protocol);
  if (parseProtocol(protocol) === undefined) {
    valid = false;
    report(rules.protocol, `${path}.protocol`, protocol === '' ? 'The port has no protocol.' : `"${protocol}" is no protocol that Istio knows.`);
  }
  const portNumber = number(port.number);
  if (portNumber > 0 || !bind.startsWith(unixPrefix)) {
    valid &&= isPortNumber(portNumber);
    checkPort(portNumber, `${path}.number`, context);
  }
  if (number(port.targetPort) > 0) {
    valid = false;
    report(rules.targetPort, `${path}.targetPort`, 'targetPort means nothing to a Gateway.');
  }
  if (text(port.name) === '') {
    valid = false;
    report(rules.portNameMissing, `${path}.name`, 'The port has no name.');
  }
  return valid;
}

function checkBind(port: DecodedObject | undefined, bind: string, path: string, { report }: CheckContext): void {
  if (bind.startsWith(unixPrefix)) {
    const problem = unixPathProblem(bind.slice(unixPrefix.length));
    if (problem !== undefined) {
      report(rules.bind, `${path}.bind`, `The path of the socket "${bind}" ${problem}.`);
    }
    if (number(port?.number) !== 0) {
      report(rules.socketWithPort, `${path}.port.number`, 'The server is bound to a Unix domain socket, so it has no port; its number must be 0.');
    }
  } else if (bind !== '' && !isIp(bind)) {
    report(rules.bind, `${path}.bind`, `"${bind}" is neither an IP address nor unix:// with a path.`);
  }
}

function checkTlsFitsProtocol(name: string, tls: DecodedObject | undefined, path: string, { report }: CheckContext): void {
  const protocol = parseProtocol(name);
  if (isTls(protocol)) {
    if (tls === undefined) {
      report(rules.tlsMissing, path, `The protocol ${name} needs TLS settings, but the server has none.`);
    }
  } else if (tls !== undefined && isHttp(protocol)) {
    const mode = text(tls.mode) || 'PASSTHROUGH';
    const plain = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
    if (!plain || text(tls.caCertificates) !== '' || text(tls.privateKey) !== '' || text(tls.serverCertificate) !== '') {
      report(rules.tlsOnHttp, path, `The protocol ${name} is plain text, so of the TLS settings only httpsRedirect can be set.`);
    }
  } else if (tls !== undefined) {
    report(rules.tlsOnTcp, path, `The protocol ${name} is plain text, so TLS settings cannot be set.`);
  }
}

function checkPortName(server: DecodedObject, path: string, seen: Set<string>, { report }: CheckContext): void {
  const port = message(server.port);
  if (port === undefined) {
    return;
  }
  const name = text(port.name);
  if (seen.has(name)) {
    report(rules.duplicatePortName, `${path}.port.name`, `Another server of this Gateway has a port of the name "${name}" already.`);
  }
  seen.add(name);
  if (message(server.tls)?.httpsRedirect === true && !isHttp(parseProtocol(text(port.protocol)))) {
    report(
      rules.httpsRedirectWithoutHttp,
      `${path}.tls.httpsRedirect`,
      `httpsRedirect answers requests of plain HTTP, but this port is ${text(port.protocol)}; nothing is redirected.`,
    );
  }
}
