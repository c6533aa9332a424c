import type { Case, Sound } from './case';

const policy = (trafficPolicy: string): string => `new DestinationRule(chart, 'rule', {
  host: 'reviews',
  trafficPolicy: ${trafficPolicy}
});
`;
const rule = `const reviews = new DestinationRule(chart, 'rule', {
  host: 'reviews',
  subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
});
`;

export const destinationRuleCases: readonly Case[] = [
  {
    mistake: 'a subset that the rule does not have',
    right: `${rule}reviews.subset('v2');`,
    wrong: `${rule}reviews.subset('v3'); // refused: Argument of type '"v3"' is not assignable to parameter of type '"v1" | "v2"'`,
  },
  {
    mistake: 'any subset of a rule that has none',
    right: `${rule}const more = reviews.addSubset({ name: 'v3' });\nmore.subset('v3');\nmore.subset('v1');`,
    wrong: `${rule}const more = reviews.addSubset({ name: 'v3' });
more.subset('v4'); // refused: Argument of type '"v4"' is not assignable to parameter of type '"v1" | "v2" | "v3"'`,
  },
  {
    mistake: 'a misspelt field of a subset',
    right: `new DestinationRule(chart, 'rule', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] });`,
    wrong: `new DestinationRule(chart, 'rule', { host: 'reviews', subsets: [{ name: 'v1', label: { version: 'v1' } }] }); // refused: Did you mean to write 'labels'?`,
  },
  {
    mistake: 'a label that is no text',
    right: `new DestinationRule(chart, 'rule', { host: 'reviews', subsets: [{ name: 'v2', labels: { version: '2' } }] });`,
    wrong: `new DestinationRule(chart, 'rule', { host: 'reviews', subsets: [{ name: 'v2', labels: { version: 2 } }] }); // refused: Type 'number' is not assignable to type 'string'`,
  },
  {
    mistake: 'both distribute and failover',
    right: policy(`{ loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },`),
    wrong: policy(
      `{ loadBalancer: { localityLbSetting: { distribute: [{ from: 'a/*', to: { 'b/*': 100 } }], failover: [{ from: 'a', to: 'b' }] } } }, // refused: set only one of distribute, failover`,
    ),
  },
  {
    mistake: 'two keys of a consistent hash',
    right: policy(`{ loadBalancer: { consistentHash: { httpHeaderName: 'user' } } },`),
    wrong: policy(
      `{ loadBalancer: { consistentHash: { httpHeaderName: 'user', useSourceIp: true } } }, // refused: set only one of httpHeaderName, httpCookie`,
    ),
  },
  {
    mistake: 'two other keys of a consistent hash',
    right: policy(`{ loadBalancer: { consistentHash: { httpCookie: { name: 'user', ttl: '0s' } } } },`),
    wrong: policy(
      `{ loadBalancer: { consistentHash: { httpQueryParameterName: 'user', httpCookie: { name: 'user' } } } }, // refused: set only one of httpHeaderName, httpCookie`,
    ),
  },
  {
    mistake: 'two algorithms of a consistent hash',
    right: policy(`{ loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } } },`),
    wrong: policy(`{ loadBalancer: { consistentHash: { useSourceIp: true, maglev: {}, ringHash: {} } } }, // refused: set only one of ringHash, maglev`),
  },
  {
    mistake: 'simple with consistentHash',
    right: policy(`{ loadBalancer: { simple: 'LEAST_REQUEST' } },`),
    wrong: policy(`{ loadBalancer: { simple: 'LEAST_REQUEST', consistentHash: { useSourceIp: true } } }, // refused: set only one of simple, consistentHash`),
  },
  {
    mistake: 'an algorithm in small letters',
    right: policy(`{ loadBalancer: { simple: 'ROUND_ROBIN' } },`),
    wrong: policy(`{ loadBalancer: { simple: 'round_robin' } }, // refused: Did you mean '"ROUND_ROBIN"'?`),
  },
  {
    mistake: 'mutual TLS without certificates',
    right: policy(`{ tls: { mode: 'MUTUAL', credentialName: 'client' } },`),
    wrong: policy(`{ tls: { mode: 'MUTUAL' } }, // refused: Property 'credentialName' is missing`),
  },
  {
    mistake: 'mutual TLS with half of the certificates',
    right: policy(`{ tls: { mode: 'MUTUAL', clientCertificate: '/c', privateKey: '/k' } },`),
    wrong: policy(`{ tls: { mode: 'MUTUAL', clientCertificate: '/c' } }, // refused: is missing in type`),
  },
  {
    mistake: 'settings of no port',
    right: policy(`{ portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'DISABLE' } }] },`),
    wrong: policy(`{ portLevelSettings: [{ tls: { mode: 'DISABLE' } }] }, // refused: Property 'port' is missing`),
  },
  {
    mistake: 'a tunnel with the proxy protocol',
    right: policy(`{ proxyProtocol: { version: 'V2' } },`),
    wrong: policy(`{ proxyProtocol: { version: 'V2' }, tunnel: { targetHost: 'a', targetPort: 80 } }, // refused: set only one of tunnel, proxyProtocol`),
  },
  {
    mistake: 'outlier detection by a field of another spelling',
    right: policy(`{ outlierDetection: { consecutive5xxErrors: 5, interval: '10s' } },`),
    wrong: policy(`{ outlierDetection: { consecutive5XXErrors: 5 } }, // refused: Did you mean to write 'consecutive5xxErrors'?`),
  },
  {
    mistake: 'a rule without host',
    right: `new DestinationRule(chart, 'rule', { host: 'reviews' });`,
    wrong: `new DestinationRule(chart, 'rule', { subsets: [{ name: 'v1' }] }); // refused: Property 'host' is missing`,
  },
];

export const soundDestinationRules: readonly Sound[] = [
  {
    what: 'a rule of any names where its type has no parameter',
    right: `${rule}const any: DestinationRule = reviews;
any.subset('whatever');
const list: DestinationRule[] = [reviews, new DestinationRule(chart, 'other', { host: 'b' })];
list.forEach((one) => one.subset('v1'));`,
  },
  {
    what: 'names that are computed',
    right: `declare const versions: string[];
const computed = new DestinationRule(chart, 'rule', { host: 'reviews', subsets: versions.map((name) => ({ name, labels: { version: name } })) });
computed.subset('v7', { port: 80 });`,
  },
  {
    what: 'a subclass',
    right: `class Versions extends DestinationRule<'blue' | 'green'> {
  constructor(host: string) {
    super(chart, host, { host, subsets: [{ name: 'blue' }, { name: 'green' }] });
  }
}
new VirtualService(chart, 'routes', { http: [{ route: [{ destination: new Versions('a').subset('green'), weight: 1 }] }] });`,
  },
];
