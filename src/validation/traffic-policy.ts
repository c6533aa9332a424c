import { isFqdn } from '../manifest/host';
import { isIp } from '../manifest/ip';
import { checkClientTls } from './client-tls';
import { checkConnectionPool } from './connection-pool';
import type { CheckContext, DecodedObject } from './context';
import { eachMessage, message, number, text } from './decoded';
import { checkLoadBalancer } from './load-balancer';
import { checkOutlierDetection } from './outlier-detection';
import { trafficPolicyRules as rules } from './rules/traffic-policy';
import { errorsOnly } from './severity';
import { checkPort } from './values';

const portSettings = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const settings = [...portSettings, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

/** Checks a traffic policy of a DestinationRule or of one of its subsets. */
export function checkTrafficPolicy(policy: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (policy === undefined) {
    return;
  }
  if (settings.every((field) => policy[field] === undefined)) {
    context.report(rules.empty, path, 'The traffic policy sets nothing.');
    return;
  }
  const tunnel = message(policy.tunnel);
  const proxyProtocol = message(policy.proxyProtocol);
  if (tunnel !== undefined && proxyProtocol !== undefined) {
    context.report(rules.tunnelAndProxyProtocol, `${path}.proxyProtocol`, 'The PROXY protocol cannot be used inside a tunnel, but both are set.');
    return;
  }
  checkPortSettings(policy, path, context);
  eachMessage(policy.portLevelSettings, `${path}.portLevelSettings`, (setting, settingPath) => checkPortLevelSetting(setting, settingPath, context));
  checkTunnel(tunnel, `${path}.tunnel`, context);
  const version = proxyProtocol?.version;
  if (typeof version === 'number') {
    context.report(rules.proxyProtocolVersion, `${path}.proxyProtocol.version`, `There is no version ${version} of the PROXY protocol, only V1 and V2.`);
  }
}

function checkPortSettings(policy: DecodedObject, path: string, context: CheckContext): void {
  const outlierDetection = message(policy.outlierDetection);
  checkOutlierDetection(outlierDetection, `${path}.outlierDetection`, context);
  checkConnectionPool(message(policy.connectionPool), `${path}.connectionPool`, context);
  checkLoadBalancer(message(policy.loadBalancer), `${path}.loadBalancer`, { detectsOutliers: outlierDetection !== undefined }, context);
  checkClientTls(message(policy.tls), `${path}.tls`, context);
}

function checkPortLevelSetting(setting: DecodedObject, path: string, context: CheckContext): void {
  // Its number may be left out, by an oversight of istiod.
  if (setting.port === undefined) {
    context.report(rules.portMissing, `${path}.port`, 'The setting does not say for which port it is meant.');
  }
  if (portSettings.every((field) => setting[field] === undefined)) {
    context.report(rules.portSettingEmpty, path, 'The setting of the port sets nothing.');
  } else {
    checkPortSettings(setting, path, errorsOnly(context));
  }
}

function checkTunnel(tunnel: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (tunnel === undefined) {
    return;
  }
  const protocol = text(tunnel.protocol);
  if (!['', 'CONNECT', 'POST'].includes(protocol)) {
    context.report(rules.tunnelProtocol, `${path}.protocol`, `A tunnel is opened with CONNECT or POST, not with "${protocol}".`);
  }
  const host = text(tunnel.targetHost);
  if (!isFqdn(host) && !isIp(host)) {
    const what = host === '' ? 'The tunnel has no target host' : `The target "${host}" of the tunnel is neither a domain name nor an IP address`;
    context.report(rules.tunnelHost, `${path}.targetHost`, `${what}.`);
  }
  checkPort(number(tunnel.targetPort), `${path}.targetPort`, context);
}
