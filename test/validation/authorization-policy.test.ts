import { found, type Metadata } from './istiod';

const policy = (spec: object, metadata?: Metadata) => found('AuthorizationPolicy', spec, metadata);
const rule = (fields: object, action = 'ALLOW') => policy({ action, rules: [fields] });
const source = (fields: object, action?: string) => rule({ from: [{ source: fields }] }, action);
const operation = (fields: object, action?: string) => rule({ to: [{ operation: fields }] }, action);
const condition = (key: string, values: string[]) => rule({ when: [{ key, values }] });
const custom = (fields: object) => policy({ action: 'CUSTOM', provider: { name: 'a' }, rules: [fields] });
const inSource = 'spec.rules[0].from[0].source';
const inOperation = 'spec.rules[0].to[0].operation';
const inCondition = 'spec.rules[0].when[0]';

test('AP1: selector, targets and dry run are checked', () => {
  const service = { kind: 'Service', name: 'a' };
  expect(policy({ selector: {}, targetRefs: [service] })).toEqual(['target-ref/several-targets spec.targetRefs', 'selector/empty spec.selector']);
  expect(policy({ selector: { matchLabels: { a: '*' } } })).toEqual(['selector/wildcard spec.selector.matchLabels[a]']);
  expect(policy({ targetRef: { kind: 'Pod', name: 'a' } })).toEqual(['target-ref/kind spec.targetRef.kind']);
  expect(policy({ action: 'AUDIT' }, { annotations: { 'istio.io/dry-run': 'true' } })).toEqual([
    'metadata/dry-run-invalid metadata.annotations[istio.io/dry-run]',
  ]);
});

test('AP2: the action CUSTOM has rules', () => {
  expect(policy({ action: 'CUSTOM' })).toEqual(['authorization-policy/no-rules spec.rules']);
  expect(policy({ action: 'CUSTOM', rules: [] })).toEqual(['authorization-policy/no-rules spec.rules']);
});

test('AP3: the action CUSTOM has a provider', () => {
  expect(policy({ action: 'CUSTOM', rules: [{}], provider: {} })).toEqual(['authorization-policy/provider-missing spec.provider.name']);
  expect(custom({})).toEqual([]);
});

test.each([
  ['namespaces', 'notNamespaces'],
  ['serviceAccounts', 'notServiceAccounts'],
  ['trustDomains', 'notTrustDomains'],
  ['principals', 'notPrincipals'],
  ['requestPrincipals', 'notRequestPrincipals'],
])('AP4: the action CUSTOM cannot ask for %s or %s', (field, negated) => {
  expect(custom({ from: [{ source: { [field]: ['a'], [negated]: ['a'] } }] })).toEqual([
    `authorization-policy/unsupported-with-custom ${inSource}.${field}`,
    `authorization-policy/unsupported-with-custom ${inSource}.${negated}`,
  ]);
});

test('AP5: the action CUSTOM cannot ask for identities in conditions', () => {
  for (const key of ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal', 'request.auth.audiences']) {
    expect(custom({ when: [{ key, values: ['a'] }] })).toEqual([`authorization-policy/unsupported-with-custom ${inCondition}.key`]);
  }
  expect(custom({ when: [{ key: 'connection.sni', values: ['a'] }] })).toEqual([]);
});

test('AP6: a provider belongs to the action CUSTOM', () => {
  expect(policy({ provider: {} })).toEqual(['authorization-policy/provider-without-custom spec.provider']);
});

test('AP7: the action DENY has rules, the action ALLOW need not', () => {
  expect(policy({ action: 'DENY' })).toEqual(['authorization-policy/no-rules spec.rules']);
  expect(policy({ action: 'ALLOW' })).toEqual([]);
});

test('AP8: from and to may be empty lists, which count as unset', () => {
  expect(rule({ from: [], to: [] })).toEqual([]);
});

test('AP9: items of from have a source, items of to have an operation', () => {
  expect(rule({ from: [{}], to: [{}] })).toEqual([
    'authorization-policy/source-missing spec.rules[0].from[0].source',
    'authorization-policy/operation-missing spec.rules[0].to[0].operation',
  ]);
});

test('AP10: service accounts stand alone', () => {
  expect(source({ serviceAccounts: ['a'], notNamespaces: ['b'] })).toEqual([`authorization-policy/service-accounts-and-more ${inSource}.serviceAccounts`]);
  expect(source({ notServiceAccounts: ['a'], principals: ['b'] })).toEqual([`authorization-policy/service-accounts-and-more ${inSource}.notServiceAccounts`]);
  expect(source({ serviceAccounts: ['a'], ipBlocks: ['10.0.0.1'] })).toEqual([]);
});

test('AP11: a source asks for something', () => {
  expect(source({ principals: [] })).toEqual([`authorization-policy/source-empty ${inSource}`]);
  expect(source({ notTrustDomains: ['a'] })).toEqual([]);
});

test.each(['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'])('AP12: %s are addresses or ranges', (field) => {
  expect(source({ [field]: ['10.0.0.1', '::/0', 'a', '10.0.0.0/33'] })).toEqual([
    `authorization-policy/value ${inSource}.${field}[2]`,
    `authorization-policy/value ${inSource}.${field}[3]`,
  ]);
});

test.each(['principals', 'requestPrincipals', 'namespaces', 'ipBlocks', 'remoteIpBlocks', 'notPrincipals', 'notRequestPrincipals', 'notNamespaces'])(
  'AP13: %s are not empty',
  (field) => {
    expect(source({ [field]: [''] })).toEqual([`authorization-policy/empty-value ${inSource}.${field}[0]`]);
  },
);

test('AP14: service accounts are named with or without a namespace', () => {
  const long = `${'n'.repeat(160)}/${'a'.repeat(160)}`;
  expect(source({ serviceAccounts: ['a', 'b/c', 'a*', 'a/', '/a', 'a/b/c', long, ''] })).toEqual([
    `authorization-policy/value ${inSource}.serviceAccounts[2]`,
    `authorization-policy/value ${inSource}.serviceAccounts[3]`,
    `authorization-policy/value ${inSource}.serviceAccounts[4]`,
    `authorization-policy/value ${inSource}.serviceAccounts[5]`,
    `authorization-policy/value ${inSource}.serviceAccounts[6]`,
    `authorization-policy/empty-value ${inSource}.serviceAccounts[7]`,
  ]);
  const many = Array.from({ length: 17 }, (_, index) => `a${index}`);
  expect(source({ notServiceAccounts: many })).toEqual([`authorization-policy/too-many-service-accounts ${inSource}.notServiceAccounts`]);
  expect(source({ serviceAccounts: many.slice(1) })).toEqual([]);
});

test('AP15: trust domains have a wildcard at one end at most, and no slash', () => {
  expect(source({ trustDomains: ['a', '*', 'a*', '*a', 'a*b', '*a*', '**', 'a/b', ''] })).toEqual([
    `authorization-policy/value ${inSource}.trustDomains[4]`,
    `authorization-policy/value ${inSource}.trustDomains[5]`,
    `authorization-policy/value ${inSource}.trustDomains[6]`,
    `authorization-policy/value ${inSource}.trustDomains[7]`,
    `authorization-policy/empty-value ${inSource}.trustDomains[8]`,
  ]);
});

test('AP16: an operation asks for something', () => {
  expect(operation({})).toEqual([`authorization-policy/operation-empty ${inOperation}`]);
  expect(operation({ notHosts: ['a'] })).toEqual([]);
});

test('AP17: ports are texts of numbers, 0 among them', () => {
  expect(operation({ ports: ['0', '65535', '080', '65536', '+80', 'http'] })).toEqual([
    `authorization-policy/value ${inOperation}.ports[3]`,
    `authorization-policy/value ${inOperation}.ports[4]`,
    `authorization-policy/value ${inOperation}.ports[5]`,
  ]);
  expect(operation({ notPorts: ['x'] })).toEqual([`authorization-policy/value ${inOperation}.notPorts[0]`]);
});

test.each(['ports', 'methods', 'paths', 'hosts', 'notPorts', 'notMethods', 'notPaths', 'notHosts'])('AP18: %s are not empty', (field) => {
  expect(operation({ [field]: [''] })).toEqual([`authorization-policy/empty-value ${inOperation}.${field}[0]`]);
});

test.each(['/{id}', '/a{*}', '/{**}/{*}', '/{**}/{**}', '/{*}/a*', '/{*}//b', '/}'])('AP19: the path %s is refused', (path) => {
  expect(operation({ paths: [path] })).toEqual([`authorization-policy/path-template ${inOperation}.paths[0]`]);
  expect(operation({ notPaths: [path] })).toEqual([`authorization-policy/path-template ${inOperation}.notPaths[0]`]);
});

test.each(['/a/{*}/b', '/{*}/{**}', '/{**}/a', '/a*', '*', '/a//b', '{*}'])('AP19: the path %s is fine', (path) => {
  expect(operation({ paths: [path] })).toEqual([]);
});

test('AP20: a condition has a key and values, none of them empty', () => {
  expect(rule({ when: [{}] })).toEqual([`authorization-policy/condition-key-missing ${inCondition}.key`]);
  expect(rule({ when: [{ key: 'foo' }] })).toEqual([`authorization-policy/condition-values-missing ${inCondition}.values`]);
  expect(rule({ when: [{ key: 'source.namespace', notValues: [''] }] })).toEqual([`authorization-policy/empty-value ${inCondition}.notValues[0]`]);
});

test.each([
  'request.headers',
  'request.headers[]',
  'request.headersx',
  'request.auth.claims',
  'experimental.envoy.filters.a',
  'destination.namespace',
  'destination.labels[app]',
  'destination.name',
  'destination.user',
  'foo',
  'source.ip ',
])('AP21: the key %s is refused', (key) => {
  expect(condition(key, ['a'])).toEqual([`authorization-policy/condition-key ${inCondition}.key`]);
});

test.each([
  ['request.headers[x-user]', 'a'],
  ['request.auth.claims[a][b]', 'a'],
  ['experimental.envoy.filters.a.b[c]', 'a'],
  ['source.ip', '10.0.0.0/8'],
  ['source.serviceAccount', 'a/b'],
  ['source.trustDomain', 'a/b*'],
  ['destination.port', '0'],
  ['connection.sni', '*'],
])('AP21: the key %s is fine with %s', (key, value) => {
  expect(condition(key, [value])).toEqual([]);
});

test.each([
  ['source.ip', 'a'],
  ['remote.ip', '10.0.0.0/33'],
  ['destination.ip', '1.2.3'],
  ['destination.port', 'http'],
  ['source.serviceAccount', 'a*'],
  ['source.trustDomain', '*a*'],
])('AP21: %s cannot be %s', (key, value) => {
  expect(condition(key, [value])).toEqual([`authorization-policy/value ${inCondition}.values[0]`]);
});

test('AP22: a rule that denies by HTTP alone is a warning, once for each rule', () => {
  const warning = ['authorization-policy/deny-with-http-only spec.rules[0]'];
  const ports = { operation: { ports: ['80'] } };
  const methods = { operation: { methods: ['GET'] } };
  expect(operation({ methods: ['GET'] }, 'DENY')).toEqual(warning);
  expect(rule({ to: [methods, ports] }, 'DENY')).toEqual([]);
  expect(source({ requestPrincipals: ['*'] }, 'DENY')).toEqual(warning);
  expect(source({ trustDomains: ['*'] }, 'DENY')).toEqual(warning);
  expect(source({ namespaces: ['a'] }, 'DENY')).toEqual([]);
  expect(rule({ from: [{ source: { namespaces: ['a'] } }], to: [methods] }, 'DENY')).toEqual(warning);
  expect(rule({ when: [{ key: 'request.headers[a]', values: ['b'] }] }, 'DENY')).toEqual([]);
  expect(operation({ methods: ['GET'] })).toEqual([]);
});
