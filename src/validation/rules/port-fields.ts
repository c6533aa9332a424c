import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const entry = (name: string, protocol: string) =>
  example('ServiceEntry', `hosts: [api.example.com]\nports:\n- number: 443\n  name: ${name}\n  protocol: ${protocol}\nresolution: DNS`);

/** Rules about names and protocols of ports. */
export const portFieldRules = ruleTable({
  name: {
    code: 'port/invalid-name',
    severity: 'error',
    istiod: ['SE9', 'SE16', 'SC5', 'SC15', 'WE5'],
    title: 'The name of a port is missing or malformed.',
    effect: 'The cluster refuses the object.',
    fix: 'write at most 63 letters, digits and hyphens, with a letter or digit at both ends',
    bad: entry('tls_api', 'TLS'),
    good: entry('tls-api', 'TLS'),
  },
  protocol: {
    code: 'port/unknown-protocol',
    severity: 'error',
    istiod: ['SE9', 'SC5', 'SC14'],
    title: 'Istio does not know the protocol of a port.',
    effect: 'The cluster refuses the object.',
    fix: 'write HTTP, HTTPS, HTTP2, GRPC, GRPC-Web, TLS, TCP, Mongo, MySQL, Redis, UDP or HTTP_PROXY; TCP fits what is none of the others',
    bad: entry('smtp', 'SMTP'),
    good: entry('smtp', 'TCP'),
  },
});
