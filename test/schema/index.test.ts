import * as fc from 'fast-check';
import { kinds } from '../../imports';
import { checkSchema } from '../../src/schema';
import { findingsOf, recorder, short } from './check';

const object = (spec: unknown, more: object = {}): string =>
  JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'reviews' }, spec, ...more });

describe('kinds', () => {
  test.each([
    [{ apiVersion: 'networking.istio.io/v1', kind: 'virtualservice' }, 'kind/unknown kind', 'write VirtualService'],
    [{ apiVersion: 'networking.istio.io/v1', kind: 'VirtualServices' }, 'kind/unknown kind', 'write VirtualService'],
    [
      { apiVersion: 'security.istio.io/v1', kind: 'VirtualService' },
      'kind/unknown apiVersion',
      'write apiVersion: networking.istio.io/v1 and kind: VirtualService',
    ],
    [{ apiVersion: 'networking.istio.io/v2', kind: 'Gateway' }, 'kind/unknown-version apiVersion', 'write networking.istio.io/v1'],
    [{ apiVersion: 'authentication.istio.io/v1alpha1', kind: 'Policy' }, 'kind/unknown kind', ''],
    [{ kind: 'Gateway' }, 'kind/missing apiVersion', 'add apiVersion'],
    [{ apiVersion: 'networking.istio.io/v1' }, 'kind/missing kind', 'add kind'],
    [{ apiVersion: 'networking.istio.io/v1', kind: 1 }, 'kind/missing kind', 'add apiVersion and kind'],
  ])('%j is reported', (head, finding, fix) => {
    const findings = findingsOf(JSON.stringify({ ...head, metadata: { name: 'a' } }));
    expect(short(findings)).toEqual([finding]);
    if (fix !== '') expect(findings[0]?.fix).toBe(fix);
  });

  test('kinds of other groups pass, whatever they hold', () => {
    // An apiVersion without a slash is a version of the core group.
    expect(findingsOf('apiVersion: networking.istio.io\nkind: Gateway\n')).toEqual([]);
    expect(findingsOf('apiVersion: apps/v1\nkind: Deployment\nspec: 5\n')).toEqual([]);
    expect(findingsOf('apiVersion: v1\nkind: Service\nmetadata: {name: 1}\n')).toEqual([]);
  });

  test('in a version that does not exist the rest of the object is checked all the same', () => {
    const findings = findingsOf(object({ hosts: 'a' }).replace('/v1', '/v2'));
    expect(short(findings)).toEqual(['kind/unknown-version apiVersion', 'schema/type spec.hosts']);
  });

  test('a kind that has its name from the prototype of objects is unknown like any other', () => {
    expect(short(findingsOf('apiVersion: networking.istio.io/v1\nkind: constructor\n'))).toEqual(['kind/unknown kind']);
  });

  test('every kind accepts its own served versions', () => {
    for (const { group, kind, versions } of Object.values(kinds)) {
      for (const version of versions) {
        const codes = findingsOf(JSON.stringify({ apiVersion: `${group}/${version}`, kind, metadata: { name: 'a' }, spec: {} })).map(({ code }) => code);
        expect(codes.filter((code) => code.startsWith('kind/'))).toEqual([]);
      }
    }
  });
});

describe('what happens to an object', () => {
  test('status is dropped before anything is looked at', () => {
    expect(findingsOf(object({ hosts: ['a'] }, { status: 5 }))).toEqual([]);
  });

  test('what is handed on has no status, no unknown field and no null', () => {
    const { report } = recorder();
    const checked = checkSchema(JSON.parse(object({ hosts: ['a'], gateways: null, bogus: 1 }, { status: {} })), report);
    expect(checked?.object).toEqual({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'reviews' }, spec: { hosts: ['a'] } });
  });

  const durations = (timeout: string): object => ({ hosts: ['a'], http: [{ timeout, route: [{ destination: { host: 'a' } }] }] });

  test('CEL rules hold beside findings that do not disturb them', () => {
    const spec = { ...durations('1us'), http: [{ ...(durations('1us') as { http: object[] }).http[0], match: [{ uri: { exact: 'a', prefix: 'b' } }] }] };
    expect(short(findingsOf(object(spec)))).toEqual(['schema/exclusive spec.http[0].match[0].uri.prefix', 'schema/cel/duration spec.http[0].timeout']);
  });

  test('CEL rules are not asked where types, required fields, enums or limits are violated', () => {
    expect(short(findingsOf(object({ ...durations('1us'), exportTo: 'all' })))).toEqual(['schema/type spec.exportTo']);
    expect(short(findingsOf(JSON.stringify({ ...JSON.parse(object(durations('1us'))), metadata: {} })))).toEqual(['metadata/name-required metadata.name']);
  });

  test('any JSON is answered with findings, and what remains has no unknown field', () => {
    const names = Object.keys(kinds);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.jsonValue(), (name, spec, metadata) => {
        const { group, kind, versions } = kinds[name] as (typeof kinds)[string];
        const { report } = recorder();
        const checked = checkSchema({ apiVersion: `${group}/${versions[0]}`, kind, metadata, spec }, report);
        const again = recorder();
        checkSchema(checked?.object ?? {}, again.report);
        expect(again.findings.filter(({ code, path }) => code === 'schema/unknown-field' && !path.includes('['))).toEqual([]);
      }),
    );
  });
});

describe('where an unknown field belongs', () => {
  const fixes: readonly (readonly [string, string])[] = [
    ['spec: {hosts: [a], Http: []}', 'write http'],
    ['spec: {hosts: [a], http: [{routes: []}]}', 'write route'],
    ['spec: {hosts: [a], http: [{route: [{destination: {host: a, weight: 5}}]}]}', 'move weight out, directly under the item of route'],
    ['spec: {hosts: [a], http: [{route: [{destination: {host: a}, subset: v1}]}]}', 'move subset into destination'],
    ['spec: {hosts: [a], http: [{match: [{exact: /a}]}]}', 'move exact into one of authority, method, scheme, uri'],
    ['spec: {hosts: [a], http: [{route: [{destination: {host: a}, xyzzy: 1}]}]}', 'remove it; the fields here are destination, headers, weight'],
    ['hosts: [a]', 'move hosts into spec'],
    ['name: reviews', 'move name into metadata'],
    ['namespace: bookinfo', 'move namespace into metadata'],
    ['Spec: {}', 'write spec'],
  ];

  test.each(fixes)('%s', (line, fix) => {
    const [finding] = findingsOf(`apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: reviews\n${line}\n`).filter(
      ({ code }) => code === 'schema/unknown-field',
    );
    expect(finding?.fix).toContain(fix);
  });

  test('labels directly under a selector belong under matchLabels', () => {
    const [finding] = findingsOf('apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a}\nspec: {selector: {version: v1}}\n');
    expect(finding).toMatchObject({ path: 'spec.selector.version', fix: 'put version under matchLabels' });
  });

  test('the slips of people who know Istio well are found, and put right', () => {
    const slips = [
      'apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: a}\nspec: {url: "oci://a/b", selector: {labels: {app: a}}}',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a}\nspec: {rules: [{to: [{operation: {host: [a]}}]}]}',
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: a}], to: {a: 100}}}}}',
    ];
    expect(slips.map((slip) => findingsOf(slip).map(({ path, fix }) => `${path}: ${fix}`))).toEqual([
      ['spec.selector.labels: write matchLabels'],
      ['spec.rules[0].to[0].operation.host: write hosts'],
      ['spec.trafficPolicy.loadBalancer.localityLbSetting.to: move to into distribute'],
    ]);
  });
});
