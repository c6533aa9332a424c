import { mtlsMode, namespaceMtlsMode, portsWithMtlsMode } from '../../src/mesh/peer-authentications';
import { meshOf } from './mesh-of';

const policy = (name: string, namespace: string, spec: string, created = '2026-01-01T00:00:00Z'): string =>
  `\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "${created}" }\nspec: { ${spec} }\n---`;
const mode = (value: string) => `mtls: { mode: ${value} }`;
const selector = 'selector: { matchLabels: { app: cart } }';
const root = (spec: string, name = 'mesh') => policy(name, 'istio-system', spec);
const cart = { namespace: 'shop', labels: { app: 'cart', version: 'v1' } };

const modeOf = (yaml: string, port = 8080, target: { namespace: string; labels: Record<string, string> } = cart) =>
  mtlsMode(meshOf(yaml || '{}'), target, port).mode;

describe('the mode of a port', () => {
  test('is PERMISSIVE where nobody says anything', () => {
    expect(mtlsMode(meshOf('{}'), cart, 8080)).toEqual({ mode: 'PERMISSIVE' });
  });

  test('is that of the workload, else of the namespace, else of the mesh', () => {
    const mesh = root(mode('DISABLE'));
    const namespace = policy('default', 'shop', mode('PERMISSIVE'));
    const workload = policy('cart', 'shop', `${selector}, ${mode('STRICT')}`);
    expect(modeOf(mesh)).toBe('DISABLE');
    expect(modeOf(mesh + namespace)).toBe('PERMISSIVE');
    expect(modeOf(mesh + namespace + workload)).toBe('STRICT');
    expect(modeOf(mesh + namespace + workload, 8080, { namespace: 'shop', labels: { app: 'other' } })).toBe('PERMISSIVE');
    expect(modeOf(mesh + namespace + workload, 8080, { namespace: 'other', labels: cart.labels })).toBe('DISABLE');
  });

  test.each(['mtls: {}', mode('UNSET'), ''])('is inherited where a policy says "%s"', (unset) => {
    const strict = root(mode('STRICT'));
    expect(modeOf(strict + policy('default', 'shop', unset))).toBe('STRICT');
    expect(modeOf(strict + policy('cart', 'shop', [selector, unset].filter(Boolean).join(', ')))).toBe('STRICT');
    expect(modeOf(root(unset))).toBe('PERMISSIVE');
  });

  test('is that of the oldest policy, then of the first name', () => {
    const [older, younger] = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'];
    expect(modeOf(policy('a', 'shop', mode('DISABLE'), younger) + policy('b', 'shop', mode('STRICT'), older))).toBe('STRICT');
    expect(modeOf(policy('b', 'shop', mode('DISABLE')) + policy('a', 'shop', mode('STRICT')))).toBe('STRICT');
    const ports = (value: string) => `${selector}, portLevelMtls: { 1: { mode: ${value} } }`;
    expect(modeOf(policy('a', 'shop', ports('DISABLE'), younger) + policy('b', 'shop', ports('STRICT'), older), 1)).toBe('STRICT');
  });

  test('an oldest policy that is unset hides the younger ones of its level', () => {
    expect(modeOf(policy('a', 'shop', '') + policy('b', 'shop', mode('STRICT')))).toBe('PERMISSIVE');
  });

  test('is set by portLevelMtls of the workload policy for its port, and inherited where that is unset', () => {
    const text =
      policy('default', 'shop', mode('STRICT')) + policy('cart', 'shop', `${selector}, portLevelMtls: { 8080: { mode: DISABLE }, 9090: { mode: UNSET } }`);
    expect([8080, 9090, 7070].map((port) => modeOf(text, port))).toEqual(['DISABLE', 'STRICT', 'STRICT']);
    expect([...portsWithMtlsMode(meshOf(text), cart).keys()]).toEqual([8080, 9090]);
  });

  test('is not set by a policy of the root namespace with a selector, not even there', () => {
    const text = root(`${selector}, ${mode('STRICT')}`);
    expect(modeOf(text)).toBe('PERMISSIVE');
    expect(modeOf(text, 8080, { namespace: 'istio-system', labels: cart.labels })).toBe('PERMISSIVE');
  });

  test('is that of the namespace where the selector is empty', () => {
    expect(modeOf(policy('all', 'shop', `selector: { matchLabels: {} }, ${mode('STRICT')}`))).toBe('STRICT');
  });

  test('follows the root namespace of the mesh configuration', () => {
    const mesh = meshOf(policy('a', 'admin', mode('STRICT')) + root(mode('DISABLE')), { mesh: { rootNamespace: 'admin' } });
    expect(mtlsMode(mesh, cart, 1).mode).toBe('STRICT');
  });

  test('names the field that set it', () => {
    const mesh = meshOf(policy('cart', 'shop', `${selector}, ${mode('STRICT')}, portLevelMtls: { 1: { mode: DISABLE } }`));
    expect(mtlsMode(mesh, cart, 1).source?.path).toBe('spec.portLevelMtls.1.mode');
    expect(mtlsMode(mesh, cart, 2).source?.path).toBe('spec.mtls.mode');
  });
});

describe('the mode that callers assume for a namespace', () => {
  const assumed = (yaml: string, namespace = 'shop') => namespaceMtlsMode(meshOf(yaml || '{}'), namespace)?.mode;

  test('does not exist where neither the namespace nor the mesh has a policy', () => {
    expect(assumed('')).toBeUndefined();
    expect(assumed(policy('cart', 'shop', `${selector}, ${mode('STRICT')}`))).toBeUndefined();
  });

  test('is that of the namespace, else of the mesh, whatever workloads say', () => {
    const text = root(mode('STRICT')) + policy('default', 'shop', mode('DISABLE')) + policy('cart', 'shop', `${selector}, ${mode('STRICT')}`);
    expect(assumed(text)).toBe('DISABLE');
    expect(assumed(text, 'other')).toBe('STRICT');
    expect(assumed(text, 'istio-system')).toBe('STRICT');
  });

  test('is PERMISSIVE where policies exist that say nothing', () => {
    expect(assumed(root(''))).toBe('PERMISSIVE');
    expect(assumed(policy('default', 'shop', ''))).toBe('PERMISSIVE');
    expect(assumed(policy('default', 'shop', '') + root(mode('STRICT')))).toBe('STRICT');
  });
});
