import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const routes = (more: string) => `hosts: [reviews]\nhttp:\n- route:\n  - destination:\n      host: reviews\n${more}`;
const cookie = (ttl: string) => `
host: reviews
trafficPolicy:
  loadBalancer:
    consistentHash:
      httpCookie:
        name: session
        ttl: ${ttl}`;
const server = (mode: string) => `
servers:
- hosts: [shop.example.com]
  port:
    number: 443
    name: https
    protocol: HTTPS
  tls:
    mode: ${mode}
    credentialName: shop`;
const authentication = (port: string) => `
selector:
  matchLabels:
    app: reviews
portLevelMtls:
  ${port}:
    mode: DISABLE`;
const direct = (bytes: string) => `hosts: [reviews]\nhttp:\n- directResponse:\n    status: 200\n    body:\n      bytes: ${bytes}`;

/** Rules about values that istiod cannot read at all. */
export const decodeRules = ruleTable({
  type: {
    code: 'decode/type',
    severity: 'error',
    title: 'A value is of another type than the field.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'write a value of the right type',
    bad: example('VirtualService', routes('').replace('[reviews]', 'reviews')),
    good: example('VirtualService', routes('')),
  },
  number: {
    code: 'decode/number',
    severity: 'error',
    title: 'A value is no number that the field can hold.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'write a number in the range of the field; integers without a fraction',
    bad: example('VirtualService', routes('  retries:\n    attempts: 1.5')),
    good: example('VirtualService', routes('  retries:\n    attempts: 2')),
  },
  duration: {
    code: 'decode/duration',
    severity: 'error',
    title: 'A value is no duration.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'write numbers with units: 1.5s, 300ms, 1h30m',
    bad: example('DestinationRule', cookie('"10"')),
    good: example('DestinationRule', cookie('10s')),
  },
  enum: {
    code: 'decode/enum',
    severity: 'error',
    title: 'A value is none of the words that the field knows.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'write one of the words of the field, in capitals where they are',
    bad: example('Gateway', server('simple')),
    good: example('Gateway', server('SIMPLE')),
  },
  bytes: {
    code: 'decode/bytes',
    severity: 'error',
    title: 'A value that must be base64 is not.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'encode the bytes in base64 with padding, or use a field for text',
    bad: example('VirtualService', direct('hello!')),
    good: example('VirtualService', direct('aGVsbG8h')),
  },
  mapKey: {
    code: 'decode/map-key',
    severity: 'error',
    title: 'A key that must be a number is not.',
    effect: 'istiod cannot read the object, so the cluster refuses it.',
    fix: 'write the number of a port',
    bad: example('PeerAuthentication', authentication('http')),
    good: example('PeerAuthentication', authentication('8080')),
  },
});
