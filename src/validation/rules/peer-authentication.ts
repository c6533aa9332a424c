import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const selector = 'selector:\n  matchLabels:\n    app: reviews';
const ports = (key: string) => `portLevelMtls:\n  ${key}:\n    mode: DISABLE`;

/** Rules about PeerAuthentications. */
export const peerAuthenticationRules = ruleTable({
  portsWithoutSelector: {
    code: 'peer-authentication/ports-without-selector',
    severity: 'error',
    istiod: ['PA1'],
    title: 'Ports are set for a whole namespace or mesh.',
    effect: 'The cluster refuses the object.',
    fix: 'add a selector with labels',
    bad: example('PeerAuthentication', ports('8080')),
    good: example('PeerAuthentication', `${selector}\n${ports('8080')}`),
  },
  portsEmpty: {
    code: 'peer-authentication/ports-empty',
    severity: 'error',
    istiod: ['PA2'],
    title: 'portLevelMtls names no port.',
    effect: 'The cluster refuses the object.',
    fix: 'name a port, or remove portLevelMtls',
    bad: example('PeerAuthentication', `${selector}\nportLevelMtls: {}`),
    good: example('PeerAuthentication', `${selector}\n${ports('8080')}`),
  },
  port: {
    code: 'peer-authentication/port',
    severity: 'error',
    istiod: ['PA3'],
    title: 'A key of portLevelMtls is no port.',
    effect: 'The cluster refuses the object.',
    fix: 'write a port from 1 to 65535: that of the workload, not of the Service',
    bad: example('PeerAuthentication', `${selector}\n${ports('70000')}`),
    good: example('PeerAuthentication', `${selector}\n${ports('7000')}`),
  },
});
