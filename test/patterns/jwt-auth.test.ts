import { ApiObject, Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import { JwtAuth } from '../../src';
import { inlineKey } from '../../src/scenarios/course/tokens';
import { callLine, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });
const issuer = 'https://issuer.example.com';
const jwksUri = 'https://issuer.example.com/keys';
const web = { workload: 'web', issuer, jwksUri, ports: [8080] };

describe('JwtAuth', () => {
  test('checks tokens and requires one, of the same pods (M45, M71)', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', web);
    const selector = { matchLabels: { app: 'web' } };
    expect(manifests(chart)).toEqual([
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'RequestAuthentication',
        metadata: { name: 'web-tokens', namespace: 'shop' },
        spec: { selector, jwtRules: [{ issuer, jwksUri }] },
      },
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'web-tokens', namespace: 'shop' },
        spec: {
          selector,
          action: 'DENY',
          rules: [{ from: [{ source: { notRequestPrincipals: [`${issuer}/*`] } }], to: [{ operation: { ports: ['8080'] } }] }],
        },
      },
    ]);
  });

  test('denies on the HTTP ports only: elsewhere a rule about tokens would close every connection (M77)', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', { ...web, ports: [8080, 8443], claims: { role: ['admin'] } });
    for (const rule of specOf(chart, 'AuthorizationPolicy').rules) expect(rule.to).toEqual([{ operation: { ports: ['8080', '8443'] } }]);
    // @ts-expect-error ports are not left out by accident
    expect(() => new JwtAuth(chart, 'none', { workload: 'web', issuer, jwksUri })).toThrow();
    expect(() => new JwtAuth(chart, 'empty', { ...web, ports: [] })).toThrow('no port asks for tokens: "ports" is empty');
  });

  test('browsers may ask before they call, where that is wanted (M28)', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', { ...web, preflight: true });
    expect(specOf(chart, 'AuthorizationPolicy').rules[0].to).toEqual([{ operation: { notMethods: ['OPTIONS'], ports: ['8080'] } }]);
  });

  test('what is open is listed, and all else is closed, so that an odd spelling of a path opens nothing (M83)', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', { ...web, openPaths: ['/healthz', '/login*', '*.css'] });
    expect(specOf(chart, 'AuthorizationPolicy').rules[0].to).toEqual([{ operation: { notPaths: ['/healthz', '/login*', '*.css'], ports: ['8080'] } }]);
  });

  test.each(['health', '/a*b', '*', ''])('the open path %j is refused (M84)', (path) => {
    expect(() => new JwtAuth(shop(), 'tokens', { ...web, openPaths: [path] })).toThrow(`the open path ${JSON.stringify(path)} is none`);
  });

  test('each claim must have one of its values, and a token without it is refused', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', { ...web, claims: { role: ['admin', 'editor'], 'realm][team': ['shop'] } });
    expect(specOf(chart, 'AuthorizationPolicy').rules.slice(1)).toEqual([
      { when: [{ key: 'request.auth.claims[role]', notValues: ['admin', 'editor'] }], to: [{ operation: { ports: ['8080'] } }] },
      { when: [{ key: 'request.auth.claims[realm][team]', notValues: ['shop'] }], to: [{ operation: { ports: ['8080'] } }] },
    ]);
  });

  test('a header of its own leaves other bearer tokens alone (M72)', () => {
    const chart = shop();
    new JwtAuth(chart, 'tokens', { ...web, fromHeaders: [{ name: 'x-token' }], audiences: ['shop'], forwardOriginalToken: true });
    expect(specOf(chart, 'RequestAuthentication').jwtRules).toEqual([
      { issuer, jwksUri, audiences: ['shop'], forwardOriginalToken: true, fromHeaders: [{ name: 'x-token' }] },
    ]);
  });

  test('a Gateway of the Gateway API is named, and pods are selected, never both (M87)', () => {
    const chart = shop();
    const gateway = new ApiObject(chart, 'gateway', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'edge' } });
    new JwtAuth(chart, 'tokens', { ...web, workload: gateway });
    for (const kind of ['RequestAuthentication', 'AuthorizationPolicy']) {
      expect(specOf(chart, kind).targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }]);
      expect(specOf(chart, kind)).not.toHaveProperty('selector');
    }
  });

  test('stands beside its pods: those of a Deployment, or of a gateway', () => {
    const chart = shop();
    const deployment = new plus27.Deployment(chart, 'deployment', {
      metadata: { namespace: 'web' },
      podMetadata: { labels: { app: 'front' } },
      containers: [{ image: 'image' }],
    });
    new JwtAuth(chart, 'pods', { ...web, workload: deployment });
    new JwtAuth(chart, 'gateway', { ...web, workload: { istio: 'ingressgateway' }, namespace: 'istio-system' });
    const placed = manifests(chart).map(({ metadata, spec }) => [metadata.namespace, Object.keys(spec.selector.matchLabels)[0]]);
    expect(placed).toEqual([
      ['web', 'cdk8s.io/metadata.addr'],
      ['web', 'cdk8s.io/metadata.addr'],
      ['istio-system', 'istio'],
      ['istio-system', 'istio'],
    ]);
  });

  test('keys stand in place, and never private ones (M88)', () => {
    const chart = shop();
    const { jwks } = inlineKey as { jwks: string };
    new JwtAuth(chart, 'tokens', { workload: 'web', issuer, jwks, ports: [8080] });
    expect(specOf(chart, 'RequestAuthentication').jwtRules).toEqual([{ issuer, jwks }]);
    const [key] = JSON.parse(jwks).keys;
    const withKeys = (keys: string) => () => new JwtAuth(shop(), 'tokens', { workload: 'web', issuer, jwks: keys, ports: [8080] });
    expect(withKeys(JSON.stringify({ keys: [{ ...key, d: 'secret' }] }))).toThrow('jwks holds a private key');
    expect(withKeys('keys')).toThrow('jwks is no JSON');
    expect(withKeys('{}')).toThrow('jwks has no keys');
    // @ts-expect-error one of the two
    new JwtAuth(shop(), 'tokens', { workload: 'web', issuer, jwks, jwksUri, ports: [8080] });
  });

  test.each([
    [{ ...web, issuer: '' }, 'the issuer of the tokens is empty'],
    [{ ...web, jwksUri: 'issuer.example.com/keys' }, '"issuer.example.com/keys" is no address of keys'],
    [{ ...web, workload: {} }, 'the workload has no labels'],
    [{ ...web, workload: '' }, 'the name of the workload is empty'],
    [{ ...web, claims: { role: [] } }, 'the claim role has no value that it may have'],
  ])("%j is refused with the author's line", (props, message) => {
    const { line, error } = callLine(() => new JwtAuth(shop(), 'tokens', props));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*jwt-auth\\.test\\.ts:${line}\\)$`));
  });
});
