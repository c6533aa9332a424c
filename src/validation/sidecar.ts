import { isFqdn } from '../manifest/host';
import { isIp } from '../manifest/ip';
import { isHttp, isPortNumber, isTls, parseProtocol } from '../manifest/port';
import { checkConnectionPool } from './connection-pool';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, eachText, message, messages, number, text, texts } from './decoded';
import { namespacedHostProblems } from './grammar/domain';
import { unixPathProblem, unixPrefix } from './grammar/network';
import { checkPortName, checkProtocol } from './port-fields';
import { sidecarRules as rules } from './rules/sidecar';
import { checkWorkloadSelector } from './selectors';
import { checkServerTls } from './server-tls';
import { errorsOnly } from './severity';
import { checkDestination, checkPort } from './values';

const ownAddresses: ReadonlySet<string> = new Set(['', '127.0.0.1', '0.0.0.0', '::1', '::']);
const unsupportedTls = ['subjectAltNames', 'httpsRedirect', 'credentialName', 'credentialNames', 'tlsCertificates'];

/** What istiod checks in a Sidecar. */
export const checkSidecar: KindCheck = (spec, context) => {
  const empty = ['ingress', 'egress', 'outboundTrafficPolicy', 'inboundConnectionPool'].every((field) => spec[field] === undefined);
  // istiod forgets about its warnings when the Sidecar is empty.
  const selectorContext = empty ? errorsOnly(context) : context;
  if (!checkWorkloadSelector(message(spec.workloadSelector), 'spec.workloadSelector', selectorContext)) {
    return;
  }
  if (empty) {
    context.report(rules.empty, 'spec', 'The Sidecar configures nothing.');
    return;
  }
  checkIngress(spec, context);
  checkConnectionPool(message(spec.inboundConnectionPool), 'spec.inboundConnectionPool', context);
  checkEgress(spec, context);
  checkOutboundTrafficPolicy(message(spec.outboundTrafficPolicy), 'spec.outboundTrafficPolicy', context);
};

function checkIngress(spec: DecodedObject, context: CheckContext): void {
  const ports = new Set<number>();
  eachMessage(spec.ingress, 'spec.ingress', (listener, path) => {
    const port = message(listener.port);
    if (port === undefined) {
      context.report(rules.ingressPort, `${path}.port`, 'The listener does not say on which port it listens.');
      return;
    }
    checkTargetPort(port, path, context);
    checkListenerPort(port, path, context);
    checkPort(number(port.number), `${path}.port.number`, context);
    checkBind(text(listener.bind), path, context);
    checkUniquePort(port, ports, path, context);
    checkDefaultEndpoint(text(listener.defaultEndpoint), `${path}.defaultEndpoint`, context);
    checkIngressTls(message(listener.tls), port, `${path}.tls`, context);
    checkConnectionPool(message(listener.connectionPool), `${path}.connectionPool`, context);
    if (message(listener.connectionPool)?.http !== undefined && !isHttp(parseProtocol(text(port.protocol)))) {
      const message = `Port ${number(port.number)} does not say that it is HTTP, so the settings for HTTP do nothing.`;
      context.report(rules.httpPoolWithoutHttp, `${path}.connectionPool.http`, message);
    }
  });
}

function checkTargetPort(port: DecodedObject, path: string, { report }: CheckContext): void {
  if (number(port.targetPort) > 0) {
    report(rules.targetPort, `${path}.port.targetPort`, 'A Sidecar has no use for targetPort.');
  }
}

function checkListenerPort(port: DecodedObject, path: string, context: CheckContext): void {
  if (text(port.name) !== '') {
    checkPortName(text(port.name), `${path}.port.name`, context);
  }
  checkProtocol(text(port.protocol), `${path}.port.protocol`, context);
}

function checkBind(bind: string, path: string, { report }: CheckContext): void {
  if (bind !== '' && !isIp(bind)) {
    report(rules.bind, `${path}.bind`, `"${bind}" is no IP address to listen on.`);
  }
}

function checkUniquePort(port: DecodedObject, ports: Set<number>, path: string, { report }: CheckContext): void {
  const portNumber = number(port.number);
  if (ports.has(portNumber)) {
    report(rules.duplicatePort, `${path}.port.number`, `Another listener has port ${portNumber} already; that they differ in bind does not help.`);
  }
  ports.add(portNumber);
}

function checkDefaultEndpoint(endpoint: string, path: string, context: CheckContext): void {
  if (endpoint === '') {
    return;
  }
  if (endpoint.startsWith(unixPrefix)) {
    reportSocket(endpoint, path, context);
    return;
  }
  const { host, port } = splitHostPort(endpoint) ?? {};
  if (host === undefined || port === undefined || !/^[-+]?\d+$/.test(port)) {
    context.report(rules.defaultEndpoint, path, `"${endpoint}" is no address with a port.`);
    return;
  }
  if (!ownAddresses.has(host)) {
    const message = `"${host}" is not the workload itself, and the default endpoint can be nowhere else.`;
    context.report(rules.defaultEndpoint, path, message);
  }
  if (!isPortNumber(Number(port))) {
    checkPort(Number(port), path, context);
  }
}

/** Takes `host:port` or `[host]:port` apart as Go does. */
function splitHostPort(address: string): { readonly host: string; readonly port: string } | undefined {
  const { host, bracketed, port } = /^(?:\[(?<bracketed>[^[\]]*)\]|(?<host>[^:[\]]*)):(?<port>[^:[\]]*)$/.exec(address)?.groups ?? {};
  return port === undefined ? undefined : { host: bracketed ?? host ?? '', port };
}

function reportSocket(address: string, path: string, { report }: CheckContext): void {
  const problem = unixPathProblem(address.slice(unixPrefix.length));
  if (problem !== undefined) {
    report(rules.socketPath, path, `The path of the socket ${address} ${problem}.`);
  }
}

function checkIngressTls(tls: DecodedObject | undefined, port: DecodedObject, path: string, context: CheckContext): void {
  if (tls === undefined) {
    return;
  }
  for (const field of unsupportedTls) {
    const value = tls[field];
    if (value !== undefined && value !== '' && value !== false) {
      context.report(rules.tlsField, `${path}.${field}`, `The ingress of a Sidecar does not support ${field}.`);
    }
  }
  if (tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH') {
    context.report(rules.tlsMode, `${path}.mode`, `The ingress of a Sidecar does not support the mode ${tls.mode}.`);
  }
  const protocol = text(port.protocol);
  if (!isTls(parseProtocol(protocol))) {
    const message = `The listener terminates TLS, but the protocol of its port is ${protocol === '' ? 'not set' : protocol}.`;
    context.report(rules.tlsProtocol, path.replace(/\.tls$/, '.port.protocol'), message);
  }
  checkServerTls(tls, path, context);
}

function checkEgress(spec: DecodedObject, context: CheckContext): void {
  const ports = new Set<number>();
  const sockets = new Set<string>();
  const last = messages(spec.egress).length - 1;
  eachMessage(spec.egress, 'spec.egress', (listener, path, index) => {
    const port = message(listener.port);
    if (port === undefined) {
      if (index < last) {
        context.report(rules.catchAllNotLast, path, 'A listener without a port takes all the traffic that is left, so it must be the last one.');
      }
    } else {
      checkTargetPort(port, path, context);
      checkListenerPort(port, path, context);
      if (number(port.number) === 0) {
        checkSocketListener(listener, sockets, path, context);
      } else {
        checkPort(number(port.number), `${path}.port.number`, context);
        checkBind(text(listener.bind), path, context);
        checkUniquePort(port, ports, path, context);
      }
    }
    checkEgressHosts(listener, `${path}.hosts`, context);
  });
}

function checkSocketListener(listener: DecodedObject, sockets: Set<string>, path: string, context: CheckContext): void {
  const bind = text(listener.bind);
  if (bind.startsWith(unixPrefix)) {
    reportSocket(bind, `${path}.bind`, context);
  } else {
    context.report(rules.portOrSocket, `${path}.port.number`, 'The listener has neither the number of a port nor a Unix domain socket to listen on.');
  }
  const capture = listener.captureMode ?? 'DEFAULT';
  if (capture !== 'DEFAULT' && capture !== 'NONE') {
    context.report(rules.socketCapture, `${path}.captureMode`, `Traffic to a Unix domain socket cannot be captured by ${String(capture)}.`);
  }
  if (sockets.has(bind)) {
    const what = bind === '' ? 'Several listeners have neither a port nor a socket' : `Another listener listens on ${bind} already`;
    context.report(rules.duplicateSocket, `${path}.bind`, `${what}.`);
  }
  sockets.add(bind);
}

function checkEgressHosts(listener: DecodedObject, path: string, context: CheckContext): void {
  if (texts(listener.hosts).length === 0) {
    context.report(rules.noHosts, path, 'The listener names no hosts, so nothing could be reached through it.');
    return;
  }
  const services = new Map<string, Set<string>>();
  eachText(listener.hosts, path, (host, hostPath) => {
    const problems = namespacedHostProblems(host, 'sidecar');
    if (problems.length > 0) {
      context.report(rules.host, hostPath, `The host "${host}" ${problems.join('; it ')}.`);
    }
    const slash = host.indexOf('/');
    if (slash < 0 || host.startsWith('~')) {
      return;
    }
    const namespace = host.slice(0, slash) === '.' ? context.namespace : host.slice(0, slash);
    const service = host.slice(slash + 1);
    const known = services.get(namespace) ?? new Set();
    if (known.has(service) || known.has('*') || (service === '*' && known.size > 0)) {
      context.report(rules.duplicateHost, hostPath, `${host} and an earlier host have services in common.`);
    }
    services.set(namespace, known.add(service));
  });
  if (services.get('*')?.has('*') && services.size > 1) {
    context.report(rules.allAndMore, path, '*/* stands for all services of all namespaces, so the other hosts do nothing.');
  }
}

function checkOutboundTrafficPolicy(policy: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (policy === undefined) {
    return;
  }
  // Only a number can say it: the name exists for the mesh alone.
  if (policy.mode === 3) {
    context.report(rules.dynamicDnsMode, `${path}.mode`, 'The mode ALLOW_ANY_DYNAMIC_DNS can be set for the whole mesh only.');
    return;
  }
  const proxy = message(policy.egressProxy);
  if (proxy === undefined) {
    return;
  }
  if (policy.mode !== 'ALLOW_ANY') {
    context.report(
      rules.egressProxyMode,
      `${path}.egressProxy`,
      `The egress proxy is used with the mode ALLOW_ANY only, not with ${String(policy.mode ?? 'REGISTRY_ONLY')}.`,
    );
    return;
  }
  const host = text(proxy.host);
  if (!isFqdn(host)) {
    const what = host === '' ? 'The egress proxy has no host' : `The host "${host}" of the egress proxy is no domain name`;
    context.report(rules.egressProxyHost, `${path}.egressProxy.host`, `${what}.`);
  }
  if (proxy.port === undefined) {
    context.report(rules.egressProxyPort, `${path}.egressProxy.port`, 'The egress proxy has no port.');
  } else {
    checkDestination(proxy, `${path}.egressProxy`, context);
  }
}
