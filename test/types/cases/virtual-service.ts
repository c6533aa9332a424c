import type { Case, Sound } from './case';

const routes = (http: string): string => `new VirtualService(chart, 'routes', {
  hosts: ['reviews'],
  http: [
${http.replace(/^/gm, '    ')}
  ],
});
`;

export const virtualServiceCases: readonly Case[] = [
  {
    mistake: 'two members of a string match',
    right: routes(`{ match: [{ uri: { exact: '/a' } }, { uri: { prefix: '/b' } }], route: [{ destination: { host: 'reviews' } }] },`),
    wrong: routes(
      `{ match: [{ uri: { exact: '/a', prefix: '/b' } }], route: [{ destination: { host: 'reviews' } }] }, // refused: set only one of exact, prefix, regex`,
    ),
  },
  {
    mistake: 'two members of a string match on a header',
    right: routes(`{ match: [{ headers: { cookie: { regex: 'a' } } }], route: [{ destination: { host: 'reviews' } }] },`),
    wrong: routes(
      `{ match: [{ headers: { cookie: { regex: 'a', exact: 'b' } } }], route: [{ destination: { host: 'reviews' } }] }, // refused: set only one of exact, prefix, regex`,
    ),
  },
  {
    mistake: 'a text where a string match is due',
    right: routes(`{ match: [{ uri: { exact: '/a' } }], route: [{ destination: { host: 'reviews' } }] },`),
    wrong: routes(
      `{ match: [{ uri: '/a' }], route: [{ destination: { host: 'reviews' } }] }, // refused: Type 'string' is not assignable to type 'StringMatch`,
    ),
  },
  {
    mistake: 'a route beside a redirect',
    right: routes(`{ route: [{ destination: { host: 'reviews' } }] },\n{ redirect: { uri: '/' } },`),
    wrong: routes(`{ route: [{ destination: { host: 'reviews' } }], redirect: { uri: '/' } }, // refused: set only one of route, redirect, directResponse`),
  },
  {
    mistake: 'a route beside a direct response',
    right: routes(`{ route: [{ destination: { host: 'reviews' } }] },\n{ directResponse: { status: 503 } },`),
    wrong: routes(
      `{ route: [{ destination: { host: 'reviews' } }], directResponse: { status: 503 } }, // refused: set only one of route, redirect, directResponse`,
    ),
  },
  {
    mistake: 'a redirect beside a direct response',
    right: routes(`{ redirect: { uri: '/' } },`),
    wrong: routes(`{ redirect: { uri: '/' }, directResponse: { status: 503 } }, // refused: set only one of route, redirect, directResponse`),
  },
  {
    mistake: 'a delegate beside a route',
    right: routes(`{ delegate: { name: 'details', namespace: 'teams' } },`),
    wrong: routes(`{ delegate: { name: 'details' }, route: [{ destination: { host: 'reviews' } }] }, // refused: a route with a delegate has no route`),
  },
  {
    mistake: 'a route with no action',
    right: routes(`{ match: [{ uri: { exact: '/a' } }], route: [{ destination: { host: 'reviews' } }] },`),
    wrong: routes(`{ match: [{ uri: { exact: '/a' } }] }, // refused: Property 'route' is missing`),
  },
  {
    mistake: 'a time without a unit',
    right: routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: '5s' },`),
    wrong: routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: '5' }, // refused: Type '"5"' is not assignable to type 'Duration`),
  },
  {
    mistake: 'a time as a number',
    right: routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: '5s' },`),
    wrong: routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: 5 }, // refused: Type 'number' is not assignable to type 'Duration`),
  },
  {
    mistake: 'a time with a unit that nobody knows',
    right: routes(`{ route: [{ destination: { host: 'reviews' } }], retries: { attempts: 3, perTryTimeout: '1m30s' } },`),
    wrong: routes(
      `{ route: [{ destination: { host: 'reviews' } }], retries: { attempts: 3, perTryTimeout: '90sec' } }, // refused: Type '"90sec"' is not assignable to type 'Duration`,
    ),
  },
  {
    mistake: 'a text from elsewhere as a time',
    right: `declare const configured: string;\n${routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: duration(configured) },`)}`,
    wrong: `declare const configured: string;\n${routes(`{ route: [{ destination: { host: 'reviews' } }], timeout: configured }, // refused: Type 'string' is not assignable to type 'Duration`)}`,
  },
  {
    mistake: 'a redirect with a fault',
    right: routes(`{ redirect: { uri: '/' }, timeout: '5s', retries: { attempts: 2 }, mirror: { host: 'b' }, corsPolicy: {}, headers: {} },`),
    wrong: routes(`{ redirect: { uri: '/' }, fault: { abort: { httpStatus: 500 } } }, // refused: a redirect has no fault`),
  },
  {
    mistake: 'a redirect with a rewrite',
    right: routes(`{ redirect: { uri: '/' } },\n{ route: [{ destination: { host: 'reviews' } }], rewrite: { uri: '/' } },`),
    wrong: routes(`{ redirect: { uri: '/' }, rewrite: { uri: '/' } }, // refused: a redirect has no rewrite`),
  },
  {
    mistake: 'a direct response with a fault',
    right: routes(`{ directResponse: { status: 200, body: { string: 'ok' } } },`),
    wrong: routes(
      `{ directResponse: { status: 200, body: { string: 'ok' } }, fault: { delay: { fixedDelay: '1s' } } }, // refused: a direct response has no fault`,
    ),
  },
  {
    mistake: 'mirror beside mirrors',
    right: routes(
      `{ route: [{ destination: { host: 'a' } }], mirror: { host: 'b' } },\n{ route: [{ destination: { host: 'a' } }], mirrors: [{ destination: { host: 'b' } }] },`,
    ),
    wrong: routes(
      `{ route: [{ destination: { host: 'a' } }], mirror: { host: 'b' }, mirrors: [{ destination: { host: 'c' } }] }, // refused: set only one of mirror, mirrors`,
    ),
  },
  {
    mistake: 'mirror beside mirrors on a redirect',
    right: routes(`{ redirect: { uri: '/' }, mirrors: [{ destination: { host: 'b' } }] },`),
    wrong: routes(`{ redirect: { uri: '/' }, mirror: { host: 'b' }, mirrors: [{ destination: { host: 'c' } }] }, // refused: set only one of mirror, mirrors`),
  },
  {
    mistake: 'both ways to rewrite a path',
    right: routes(`{ route: [{ destination: { host: 'a' } }], rewrite: { uriRegexRewrite: { match: 'a', rewrite: 'b' } } },`),
    wrong: routes(
      `{ route: [{ destination: { host: 'a' } }], rewrite: { uri: '/', uriRegexRewrite: { match: 'a', rewrite: 'b' } } }, // refused: set only one of uri, uriRegexRewrite`,
    ),
  },
  {
    mistake: 'both ways to abort',
    right: routes(`{ route: [{ destination: { host: 'a' } }], fault: { abort: { grpcStatus: 'UNAVAILABLE' } } },`),
    wrong: routes(
      `{ route: [{ destination: { host: 'a' } }], fault: { abort: { httpStatus: 503, grpcStatus: 'UNAVAILABLE' } } }, // refused: set only one of httpStatus, grpcStatus, http2Error`,
    ),
  },
  {
    mistake: 'a misspelt action',
    right: routes(`{ route: [{ destination: { host: 'a' } }] },`),
    wrong: routes(`{ rout: [{ destination: { host: 'a' } }] }, // refused: Did you mean to write 'route'?`),
  },
  {
    mistake: 'a misspelt field of a destination',
    right: routes(`{ route: [{ destination: { host: 'a', subset: 'v1' } }] },`),
    wrong: routes(`{ route: [{ destination: { host: 'a', subsets: 'v1' } }] }, // refused: Did you mean to write 'subset'?`),
  },
  {
    mistake: 'the weight inside of the destination',
    right: routes(`{ route: [{ destination: { host: 'a' }, weight: 90 }, { destination: { host: 'b' }, weight: 10 }] },`),
    wrong: routes(`{ route: [{ destination: { host: 'a', weight: 90 } }] }, // refused: 'weight' does not exist in type 'Destination'`),
  },
  {
    mistake: 'a weight as text',
    right: routes(`{ route: [{ destination: { host: 'a' }, weight: 90 }] },`),
    wrong: routes(`{ route: [{ destination: { host: 'a' }, weight: '90' }] }, // refused: Type 'string' is not assignable to type 'number'`),
  },
  {
    mistake: 'a bare port number',
    right: routes(`{ route: [{ destination: { host: 'a', port: { number: 80 } } }] },`),
    wrong: routes(`{ route: [{ destination: { host: 'a', port: 80 } }] }, // refused: Type 'number' has no properties in common with type 'PortSelector'`),
  },
  {
    mistake: 'one destination where a list is due',
    right: routes(`{ route: [{ destination: { host: 'a' } }] },`),
    wrong: routes(`{ route: { destination: { host: 'a' } } }, // refused: 'destination' does not exist in type 'readonly HTTPRouteDestination[]'`),
  },
  {
    mistake: 'a name beside the metadata',
    right: `new VirtualService(chart, 'routes', { metadata: { name: 'reviews' }, hosts: ['reviews'] });`,
    wrong: `new VirtualService(chart, 'routes', { name: 'reviews', hosts: ['reviews'] }); // refused: 'name' does not exist in type 'VirtualServiceProps'`,
  },
  {
    mistake: 'a spec around the fields',
    right: `new VirtualService(chart, 'routes', { hosts: ['reviews'] });`,
    wrong: `new VirtualService(chart, 'routes', { spec: { hosts: ['reviews'] } }); // refused: 'spec' does not exist in type 'VirtualServiceProps'`,
  },
  {
    mistake: 'a version that is not served',
    right: `new VirtualService(chart, 'routes', { apiVersion: 'networking.istio.io/v1beta1', hosts: ['reviews'] });`,
    wrong: `new VirtualService(chart, 'routes', { apiVersion: 'networking.istio.io/v2', hosts: ['reviews'] }); // refused: Type '"networking.istio.io/v2"' is not assignable`,
  },
  {
    mistake: 'another object where a gateway is due',
    right: `const gateway = new Gateway(chart, 'gateway', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] });
new VirtualService(chart, 'routes', { hosts: ['reviews'], gateways: [gateway, 'mesh'] });`,
    wrong: `const rule = new DestinationRule(chart, 'rule', { host: 'reviews' });
new VirtualService(chart, 'routes', { hosts: ['reviews'], gateways: [rule, 'mesh'] }); // refused: Type '"DestinationRule"' is not assignable to type '"Gateway"'`,
  },
  {
    mistake: 'a TLS route without destinations',
    right: `new VirtualService(chart, 'routes', { hosts: ['a'], tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: { host: 'a' } }] }] });`,
    wrong: `new VirtualService(chart, 'routes', { hosts: ['a'], tls: [{ match: [{ sniHosts: ['a'] }] }] }); // refused: Property 'route' is missing`,
  },
];

export const soundVirtualServices: readonly Sound[] = [
  {
    what: 'nothing at all, to be filled later',
    right: `const routes = new VirtualService(chart, 'routes');
routes.addHost('reviews').addHttpRoute({ route: [{ destination: { host: 'reviews' } }] });`,
  },
  {
    what: 'times as Go writes them',
    right: routes(
      ['300ms', '1.5s', '5s', '5m', '1h', '1h30m', '1m30s', '2h45m30s', '0s', '10us', '1s500ms']
        .map((time) => `{ route: [{ destination: { host: 'a' } }], timeout: '${time}' },`)
        .join('\n'),
    ),
  },
  {
    what: 'null for what is unset',
    right: routes(
      `{ match: null, route: [{ destination: { host: 'a', subset: null, port: null } }], redirect: null, delegate: null, fault: null, mirrors: null, timeout: null },`,
    ),
  },
  {
    what: 'routes that a function makes',
    right: `const to = (host: string, weight?: number) => ({ destination: { host }, ...(weight === undefined ? {} : { weight }) });
const http = ['a', 'b'].map((host) => ({ match: [{ uri: { prefix: \`/\${host}\` } }], route: [to(host), to('b', 10)] }));
new VirtualService(chart, 'routes', { hosts: ['reviews'], http });`,
  },
  {
    what: 'a route whose type is named',
    right: `import type { HTTPRoute } from 'cdk8s-istio';
const route: HTTPRoute = { route: [{ destination: { host: 'a' } }], mirrors: [{ destination: { host: 'b' } }] };
new VirtualService(chart, 'routes', { hosts: ['reviews'], http: [{ ...route, timeout: '5s' }] });`,
  },
];
