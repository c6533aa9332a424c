import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const routes = (exportTo: string) => `
hosts: [reviews]
exportTo: ${exportTo}
http:
- route:
  - destination:
      host: reviews`;

const entry = (exportTo: string) => `
hosts: [api.example.com]
exportTo: ${exportTo}
ports:
- number: 443
  name: tls
  protocol: TLS
resolution: DNS`;

const policy = (exportTo: string) => `
host: reviews
exportTo: ${exportTo}
workloadSelector:
  matchLabels:
    app: ratings
trafficPolicy:
  connectionPool:
    tcp:
      maxConnections: 10`;

/** Rules about the namespaces to which an object is exported. */
export const exportToRules = ruleTable({
  duplicate: {
    code: 'export-to/duplicate',
    severity: 'error',
    istiod: ['X1', 'DR6', 'SE21'],
    title: 'A namespace stands twice in exportTo; "." is the namespace of the object itself.',
    effect: 'The cluster refuses the object.',
    fix: 'name every namespace once',
    bad: example('VirtualService', routes('[".", bookinfo]'), { namespace: 'bookinfo' }),
    good: example('VirtualService', routes('["."]'), { namespace: 'bookinfo' }),
  },
  invalid: {
    code: 'export-to/invalid',
    severity: 'error',
    istiod: ['X2', 'DR6', 'SE21'],
    title: 'An entry of exportTo is no namespace, "." or "*".',
    effect: 'The cluster refuses the object.',
    fix: 'write the name of a namespace, "." for the own one or "*" for all; "~" (nobody) is for ServiceEntries',
    bad: example('VirtualService', routes('["~"]')),
    good: example('VirtualService', routes('["."]')),
  },
  publicAndMore: {
    code: 'export-to/public-and-more',
    severity: 'error',
    istiod: ['X3', 'DR6', 'SE21'],
    title: '"*" exports to all namespaces and must be the only entry of exportTo.',
    effect: 'The cluster refuses the object.',
    fix: 'keep "*" alone, or name the namespaces without it',
    bad: example('VirtualService', routes('["*", ratings]')),
    good: example('VirtualService', routes('["*"]')),
  },
  noneAndMore: {
    code: 'export-to/none-and-more',
    severity: 'error',
    istiod: ['X4', 'SE21'],
    title: '"~" exports to nobody and must be the only entry of exportTo.',
    effect: 'The cluster refuses the object.',
    fix: 'keep "~" alone, or leave it out',
    bad: example('ServiceEntry', entry('["~", ratings]')),
    good: example('ServiceEntry', entry('["~"]')),
  },
  beyondNamespace: {
    code: 'export-to/selector-beyond-namespace',
    severity: 'error',
    istiod: ['X5', 'DR6'],
    title: 'A DestinationRule with a workloadSelector works in its own namespace only.',
    effect: 'The cluster refuses the object.',
    fix: 'export it to "." alone, or remove the workloadSelector',
    bad: example('DestinationRule', policy('["*"]')),
    good: example('DestinationRule', policy('["."]')),
  },
});
