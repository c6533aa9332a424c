import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const policy = (fields: string) => example('DestinationRule', `host: reviews\ntrafficPolicy:\n${indent(fields)}`);
const ports = (fields: string) => policy(`portLevelSettings:\n- ${fields.replace(/\n/g, '\n  ')}`);
const tunnel = (fields: string) => policy(`tunnel:\n${indent(fields)}`);

/** Rules about traffic policies and the settings of their ports. */
export const trafficPolicyRules = ruleTable({
  empty: {
    code: 'traffic-policy/empty',
    severity: 'error',
    istiod: ['TP1', 'DR5'],
    title: 'A traffic policy sets nothing.',
    effect: 'The cluster refuses the object.',
    fix: 'set something, or remove the traffic policy',
    bad: example('DestinationRule', 'host: reviews\ntrafficPolicy: {}'),
    good: policy('loadBalancer:\n  simple: LEAST_REQUEST'),
  },
  tunnelAndProxyProtocol: {
    code: 'traffic-policy/tunnel-and-proxy-protocol',
    severity: 'error',
    istiod: ['TP2'],
    title: 'A traffic policy sets both a tunnel and the PROXY protocol.',
    effect: 'The cluster refuses the object.',
    fix: 'keep one of tunnel and proxyProtocol',
    bad: policy('tunnel:\n  targetHost: example.com\n  targetPort: 443\nproxyProtocol:\n  version: V2'),
    good: policy('proxyProtocol:\n  version: V2'),
  },
  portMissing: {
    code: 'traffic-policy/port-missing',
    severity: 'error',
    istiod: ['TP3'],
    title: 'A setting for a port does not name the port.',
    effect: 'The cluster refuses the object.',
    fix: 'write port: { number: ... }, or move the setting to the traffic policy itself',
    bad: ports('loadBalancer:\n  simple: RANDOM'),
    good: ports('port:\n  number: 80\nloadBalancer:\n  simple: RANDOM'),
  },
  portSettingEmpty: {
    code: 'traffic-policy/port-setting-empty',
    severity: 'error',
    istiod: ['TP3'],
    title: 'A setting for a port sets nothing.',
    effect: 'The cluster refuses the object.',
    fix: 'set outlierDetection, connectionPool, loadBalancer or tls, or remove the setting',
    bad: ports('port:\n  number: 80'),
    good: ports('port:\n  number: 80\nloadBalancer:\n  simple: RANDOM'),
  },
  tunnelProtocol: {
    code: 'traffic-policy/tunnel-protocol',
    severity: 'error',
    istiod: ['TP4'],
    title: 'The protocol of a tunnel is neither CONNECT nor POST.',
    effect: 'The cluster refuses the object.',
    fix: 'write CONNECT or POST in capitals, or leave it out for CONNECT',
    bad: tunnel('protocol: connect\ntargetHost: example.com\ntargetPort: 443'),
    good: tunnel('protocol: CONNECT\ntargetHost: example.com\ntargetPort: 443'),
  },
  tunnelHost: {
    code: 'traffic-policy/tunnel-host',
    severity: 'error',
    istiod: ['TP5'],
    title: 'The target of a tunnel is neither a domain name nor an IP address.',
    effect: 'The cluster refuses the object.',
    fix: 'write a domain name without wildcards, or an IP address',
    bad: tunnel('targetHost: "*.example.com"\ntargetPort: 443'),
    good: tunnel('targetHost: www.example.com\ntargetPort: 443'),
  },
  proxyProtocolVersion: {
    code: 'traffic-policy/proxy-protocol-version',
    severity: 'error',
    istiod: ['TP6'],
    title: 'There is no such version of the PROXY protocol.',
    effect: 'The cluster refuses the object.',
    fix: 'write V1 or V2',
    bad: policy('proxyProtocol:\n  version: 3'),
    good: policy('proxyProtocol:\n  version: V2'),
  },
});
