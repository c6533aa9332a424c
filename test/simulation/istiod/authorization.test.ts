import { plaintext, policy, Server } from './filters';

const identity = (uri: string) => ({ certificate: { ca: 'mesh', hosts: [], uri } });
const other = identity('spiffe://cluster.local/ns/ops/sa/other');
const allow = (rules: string, more = {}) => policy(`rules: [${rules}]`, more);
const deny = (rules: string, more = {}) => policy(`action: DENY, rules: [${rules}]`, more);
const denial = (yaml: string, asked = {}) => {
  const { verdict } = new Server(yaml).ask(asked);
  return verdict.kind === 'answer' ? [verdict.status, verdict.body, verdict.details] : 'pass';
};

describe('actions', () => {
  test('without policy everything passes, and nothing is noted', () => {
    const { verdict, trace } = new Server('').ask();
    expect([verdict.kind, trace]).toEqual(['pass', []]);
  });

  test('an ALLOW policy without rules denies everything, one with an empty rule nothing', () => {
    expect(denial(policy(''))).toEqual([403, 'RBAC: access denied', 'rbac_access_denied_matched_policy[none]']);
    expect(denial(allow('{}'))).toBe('pass');
    expect(denial(policy('') + allow('{}', { name: 'q' }))).toBe('pass');
  });

  test('DENY comes before ALLOW, and names the rule that comes first by its name', () => {
    const yaml =
      deny('{ to: [{ operation: { paths: [/b] } }] }', { name: 'b' }) +
      deny('{ to: [{ operation: { paths: [/a, /b] } }] }', { name: 'a' }) +
      allow('{}', { name: 'c' });
    expect(denial(yaml, { path: '/b' })).toEqual([403, 'RBAC: access denied', 'rbac_access_denied_matched_policy[ns[shop]-policy[a]-rule[0]]']);
    expect(denial(yaml, { path: '/c' })).toBe('pass');
  });

  test('rules are looked at in the order of their names as texts, so 10 comes before 2', () => {
    const rules = Array.from({ length: 11 }, (_, index) => `{ to: [{ operation: { paths: [${index === 2 || index === 10 ? '/x' : '/no'}] } }] }`);
    expect(denial(deny(rules.join(', ')), { path: '/x' })).toEqual([
      403,
      'RBAC: access denied',
      'rbac_access_denied_matched_policy[ns[shop]-policy[p]-rule[10]]',
    ]);
  });

  test('a DENY policy without rules denies nothing', () => {
    expect(denial(policy('action: DENY'))).toBe('pass');
  });

  test('AUDIT only notes', () => {
    const { verdict, trace } = new Server(policy('action: AUDIT, rules: [{}]')).ask();
    expect(verdict.kind).toBe('pass');
    expect(trace.map(({ text }) => text)).toEqual(['noted by rule 0 of AuthorizationPolicy shop/p']);
  });

  test('a dry run has no effect, and an ALLOW policy of that kind denies nobody', () => {
    const dry = { metadata: ', annotations: { "istio.io/dry-run": "true" }' };
    const { verdict, trace } = new Server(deny('{}', dry) + policy('', { ...dry, name: 'q' })).ask();
    expect(verdict.kind).toBe('pass');
    expect(trace.map(({ text }) => text)).toEqual([
      'dry run, without effect: denied by rule 0 of AuthorizationPolicy shop/p',
      'dry run, without effect: denied: no ALLOW policy matches',
    ]);
    expect(denial(deny('{}', { metadata: ', annotations: { "istio.io/dry-run": "no" }' }))).not.toBe('pass');
  });

  test('nothing is enforced on what a workload sends', () => {
    const server = new Server(policy(''));
    expect(server.filters('outbound')).toEqual([]);
    expect(server.filters('inbound')).toEqual(['envoy.filters.http.rbac', 'envoy.filters.network.rbac']);
  });
});

describe('rules', () => {
  test('a rule needs one of its sources, one of its operations, and all of its conditions', () => {
    const server = new Server(
      allow(`{ from: [{ source: { namespaces: [ops] } }, { source: { principals: ["*/ns/shop/sa/web"] } }],
        to: [{ operation: { paths: [/a] } }, { operation: { methods: [POST] } }], when: [{ key: "request.headers[x]", values: ["1"] }, { key: destination.port, values: ["8080"] }] }`),
    );
    const good = { path: '/a', headers: { x: '1' } };
    expect(server.status(good)).toBe(200);
    expect(server.status({ ...good, peer: other })).toBe(200);
    expect(server.status({ ...good, peer: identity('spiffe://cluster.local/ns/x/sa/y') })).toBe(403);
    expect(server.status({ ...good, path: '/b' })).toBe(403);
    expect(server.status({ ...good, path: '/b', method: 'POST' })).toBe(200);
    expect(server.status({ ...good, headers: {} })).toBe(403);
    expect(server.status({ ...good, peer: { destination: { ip: '127.1.0.1', port: 80 } } })).toBe(403);
  });

  test('all fields of a source have to fit, each with one of its values, and no negation', () => {
    const server = new Server(allow('{ from: [{ source: { namespaces: [shop, ops], notPrincipals: ["*/sa/other"] } }] }'));
    expect(server.status()).toBe(200);
    expect(server.status({ peer: other })).toBe(403);
  });

  test('empty lists ask for nothing', () => {
    expect(new Server(allow('{ from: [], to: [], when: [] }')).status()).toBe(200);
  });
});

describe('values', () => {
  const statuses = (rule: string, ...asked: object[]) => {
    const server = new Server(allow(rule));
    return asked.map((each) => server.status(each));
  };
  const operation = (field: string, ...values: string[]) =>
    `{ to: [{ operation: { ${field}: [${values.map((value) => JSON.stringify(value)).join(', ')}] } }] }`;
  const source = (field: string, ...values: string[]) => `{ from: [{ source: { ${field}: [${values.map((value) => JSON.stringify(value)).join(', ')}] } }] }`;
  const when = (key: string, values: string[], not = false) =>
    `{ when: [{ key: ${JSON.stringify(key)}, ${not ? 'notValues' : 'values'}: ${JSON.stringify(values)} }] }`;

  test('paths are compared without query and fragment, with regard to case', () => {
    expect(statuses(operation('paths', '/a'), { path: '/a?x' }, { path: '/a#x' }, { path: '/A' }, { path: '/a/' })).toEqual([200, 200, 403, 403]);
    expect(statuses(operation('paths', '/a*', '*.png'), { path: '/abc' }, { path: '/x.png?q' }, { path: '/b' })).toEqual([200, 200, 403]);
  });

  test('templates of paths take one segment for {*} and any number for {**}', () => {
    const paths = ['/a/x/b', '/a//b', '/a/x/y/b', '/f/', '/f/x/y', '/f', '/g/b', '/g/x/y/b'];
    const asked = paths.map((path) => ({ path }));
    expect(statuses(operation('paths', '/a/{*}/b', '/f/{**}', '/g/{**}/b'), ...asked)).toEqual([200, 403, 403, 200, 200, 403, 403, 200]);
  });

  test('methods have regard to case, hosts do not and have the port', () => {
    expect(statuses(operation('methods', 'GET'), {}, { method: 'get' })).toEqual([200, 403]);
    expect(statuses(operation('hosts', 'a.B', '*.c'), { authority: 'A.b' }, { authority: 'a.b:80' }, { authority: 'X.C' })).toEqual([200, 403, 200]);
    expect(statuses(operation('hosts', '*'), {})).toEqual([200]);
  });

  test('ports are those of the workload', () => {
    expect(statuses(operation('ports', '8080'), {}, { peer: { destination: { ip: '127.1.0.1', port: 80 } } })).toEqual([200, 403]);
    expect(statuses(operation('notPorts', '8080'), {}, { peer: { destination: { ip: '127.1.0.1', port: 80 } } })).toEqual([403, 200]);
  });

  test('addresses are those of the direct peer or of the caller, alone or in ranges', () => {
    expect(statuses(source('ipBlocks', '10.0.0.0/8'), {}, { peer: { ip: '11.0.0.1' } })).toEqual([200, 403]);
    expect(statuses(source('remoteIpBlocks', '20.0.0.1'), {}, { peer: { remoteIp: '20.0.0.2' } })).toEqual([200, 403]);
    expect(statuses(source('notIpBlocks', '::/0'), {}, { peer: { ip: '::1' } })).toEqual([200, 403]);
    expect(statuses(when('destination.ip', ['127.1.0.0/16']), {}, { peer: { destination: { ip: '127.2.0.1', port: 1 } } })).toEqual([200, 403]);
    expect(statuses(when('source.ip', ['10.0.0.1']), {})).toEqual([200]);
    expect(statuses(when('remote.ip', ['20.0.0.1'], true), {})).toEqual([403]);
  });

  test('identities need a certificate; negations hold without one', () => {
    expect(statuses(source('principals', '*'), {}, { peer: plaintext })).toEqual([200, 403]);
    expect(statuses(source('notPrincipals', 'cluster.local/ns/shop/sa/web'), {}, { peer: plaintext }, { peer: other })).toEqual([403, 200, 200]);
    expect(statuses(source('principals', '*sa/web'), {}, { peer: other })).toEqual([200, 403]);
    expect(statuses(source('principals', 'cluster.local/ns/shop/*'), {}, { peer: other })).toEqual([200, 403]);
    expect(statuses(source('namespaces', 's*p'), {}, { peer: other })).toEqual([200, 403]);
    expect(statuses(source('serviceAccounts', 'web', 'ops/other'), {}, { peer: other }, { peer: identity('spiffe://x/ns/shop/sa/webx') })).toEqual([
      200, 200, 403,
    ]);
    expect(statuses(source('trustDomains', 'cluster.*'), {}, { peer: identity('spiffe://x/ns/shop/sa/web') })).toEqual([200, 403]);
    expect(statuses(when('source.namespace', ['ops']), {}, { peer: other })).toEqual([403, 200]);
    expect(statuses(when('source.serviceAccount', ['web']), {}, { peer: other })).toEqual([200, 403]);
    expect(statuses(when('source.trustDomain', ['*']), {}, { peer: plaintext })).toEqual([200, 403]);
  });

  test('without a SPIFFE identity the names and the subject of a certificate count as principals', () => {
    const certificate = (hosts: string[], cn?: string) => ({ peer: { certificate: { ca: 'x', hosts, ...(cn ? { cn } : {}) } } });
    expect(statuses(source('principals', '*'), certificate(['a.example']), certificate([], 'a'), certificate([]))).toEqual([200, 200, 403]);
  });

  test('principals of the own trust domain hold for its aliases', () => {
    const mesh = { trustDomain: 'new', trustDomainAliases: ['old'] };
    const server = new Server(allow(source('principals', 'cluster.local/ns/shop/sa/web')), { mesh });
    expect(['new', 'old', 'cluster.local'].map((domain) => server.status({ peer: identity(`spiffe://${domain}/ns/shop/sa/web`) }))).toEqual([200, 200, 403]);
    const domains = new Server(allow(source('trustDomains', 'new')), { mesh });
    expect(['new', 'old'].map((domain) => domains.status({ peer: identity(`spiffe://${domain}/ns/shop/sa/web`) }))).toEqual([200, 200]);
  });

  test('headers are found by name in any case, compared value by value, and present even when empty', () => {
    const key = 'request.headers[X-A]';
    expect(statuses(when(key, ['v', '*-b']), { headers: { 'x-a': 'v' } }, { headers: { 'x-a': ['no', 'c-b'] } }, { headers: { 'x-a': 'V' } })).toEqual([
      200, 200, 403,
    ]);
    expect(statuses(when(key, ['*']), { headers: { 'x-a': '' } }, {})).toEqual([200, 403]);
    expect(statuses(when(key, ['v'], true), {}, { headers: { 'x-a': ['a', 'v'] } })).toEqual([200, 403]);
    expect(statuses(when('request.headers[host]', ['server.shop']), {})).toEqual([200]);
    expect(statuses(when('request.headers[:method]', ['GET']), {})).toEqual([200]);
  });

  test('the SNI is what TLS asks for', () => {
    expect(statuses(when('connection.sni', ['*.shop']), {}, { peer: { sni: '' } })).toEqual([200, 403]);
  });

  test('metadata of other filters is never there', () => {
    expect(statuses(when('experimental.envoy.filters.network.mysql_proxy[db]', ['[t]']), {})).toEqual([403]);
    expect(statuses(when('experimental.envoy.filters.network.mysql_proxy[db]', ['[t]'], true), {})).toEqual([200]);
  });
});

describe('principals of requests and their claims', () => {
  const claims = { iss: 'issuer-1', sub: 'user-1', 'a]b': 'odd', a: { b: 'nested' } };
  const verified = policy('jwtRules: [{ issuer: issuer-1, jwks: \'{"keys":[]}\' }]', { kind: 'RequestAuthentication', name: 'r' });
  const passes = (rule: string, more: Readonly<Record<string, unknown>> = {}) => denial(verified + allow(rule), { claims: { ...claims, ...more } }) === 'pass';
  const principal = (value: string, more = {}) => passes(`{ from: [{ source: { requestPrincipals: ["${value}"] } }] }`, more);

  test('are compared part by part', () => {
    expect(['issuer-1/user-1', 'issuer-*', '*-1', 'issuer-1/user-*', 'issuer-1/*', '*'].map((value) => principal(value))).toEqual(Array(6).fill(true));
    expect(['issuer-1', 'other-*', '*-2', 'issuer-*/user-1', 'issuer-1/other-*'].map((value) => principal(value))).toEqual(Array(5).fill(false));
    expect(['issuer-1', 'issuer-*', '*'].map((value) => principal(value, { sub: '' }))).toEqual([true, false, false]);
  });

  test('are found by their path, and brackets that do not pair are part of a name', () => {
    const claim = (key: string, value: string) => passes(`{ when: [{ key: "request.auth.claims${key}", values: [${value}] }] }`);
    expect([claim('[a][b]', 'nested'), claim('[a]b]', 'odd'), claim('[a][b]', 'odd')]).toEqual([true, true, false]);
  });
});

describe('connections that are no requests', () => {
  const kinds = (yaml: string, ...peers: object[]) => {
    const server = new Server(yaml);
    return (peers.length === 0 ? [{}] : peers).map((peer) => server.connect(peer).kind);
  };

  test('an ALLOW rule that asks for a request is left out, and its policy still denies the others', () => {
    expect(kinds(allow('{ to: [{ operation: { paths: [/] } }] }'))).toEqual(['close']);
    expect(kinds(allow('{ from: [{ source: { requestPrincipals: ["*"] } }] }, { from: [{ source: { namespaces: [shop] } }] }'), {}, other)).toEqual([
      'pass',
      'close',
    ]);
    expect(kinds(allow('{ from: [{ source: { namespaces: [shop] } }], when: [{ key: "request.headers[a]", values: [b] }] }'))).toEqual(['close']);
  });

  test('a DENY rule loses only what asks for a request', () => {
    expect(kinds(deny('{ to: [{ operation: { paths: [/] } }] }'))).toEqual(['close']);
    expect(kinds(deny('{ from: [{ source: { namespaces: [ops] } }], to: [{ operation: { notMethods: [GET] } }] }'), {}, other)).toEqual(['pass', 'close']);
    expect(kinds(deny('{ to: [{ operation: { paths: [/], ports: ["1"] } }] }'))).toEqual(['pass']);
  });

  test('a denial is a closed connection without flag', () => {
    expect(new Server(policy('')).connect()).toEqual({ kind: 'close', termination: 'rbac_access_denied_matched_policy[none]' });
  });
});

describe('what the trace tells', () => {
  test('names the rule that decided, its place, and what earlier rules missed by', () => {
    const { trace } = new Server(
      allow('{ from: [{ source: { principals: [cluster.local/ns/ops/sa/other] } }] }, { to: [{ operation: { paths: [/a, /b], methods: [POST] } }] }, {}'),
    ).ask({ path: '/c' });
    const [step] = trace;
    expect([step?.decision, step?.text, step?.source?.path]).toEqual(['authorization', 'allowed by rule 2 of AuthorizationPolicy shop/p', 'spec.rules[2]']);
    expect(step?.runnersUp?.().map(({ what, missedBy, source }) => [what, missedBy, source?.path])).toEqual([
      [
        'rule 0 of AuthorizationPolicy shop/p',
        'the principal is "cluster.local/ns/shop/sa/web", not "cluster.local/ns/ops/sa/other"',
        'spec.rules[0].from[0].source.principals',
      ],
      ['rule 1 of AuthorizationPolicy shop/p', 'the method is "GET", not "POST"', 'spec.rules[1].to[0].operation.methods'],
    ]);
  });

  test('says what is not there, and what a negation leaves out', () => {
    const yaml = allow('{ from: [{ source: { requestPrincipals: ["*"] } }] }, { from: [{ source: { notNamespaces: [shop] } }] }') + policy('', { name: 'q' });
    const { trace } = new Server(yaml).ask();
    expect(trace[0]?.text).toBe('denied: no ALLOW policy matches');
    expect(trace[0]?.runnersUp?.().map(({ missedBy }) => missedBy)).toEqual([
      'there is no request principal, not "*"',
      'the principal is "cluster.local/ns/shop/sa/web", which the rule leaves out',
      'it has no rules, and so matches nothing',
    ]);
  });
});
