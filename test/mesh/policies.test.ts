import { authorizationPoliciesOf, requestAuthenticationsOf } from '../../src/mesh/policies';
import { meshOf } from './mesh-of';

const object = (kind: string, name: string, namespace: string, spec: string): string =>
  `\napiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n---`;
const authorization = (name: string, namespace: string, spec = '') => object('AuthorizationPolicy', name, namespace, spec);
const selector = (app: string) => `selector: { matchLabels: { app: ${app} } }`;
const cart = { namespace: 'shop', labels: { app: 'cart' } };
const gateway = { namespace: 'shop', labels: { app: 'gw', 'gateway.networking.k8s.io/gateway-name': 'front' } };
const reference = (kind: string, name: string, group = 'gateway.networking.k8s.io', more = '') => `{ kind: ${kind}, name: ${name}, group: "${group}"${more} }`;

const allowed = (yaml: string, target = cart, env = {}) => authorizationPoliciesOf(meshOf(yaml, { env }), target).ALLOW.map(({ name }) => name);

test('policies of the root namespace come first, then those of the own namespace; others do not apply', () => {
  const text = authorization('b', 'shop') + authorization('a', 'shop', 'selector: {}') + authorization('z', 'istio-system') + authorization('o', 'other');
  expect(allowed(text)).toEqual(['z', 'a', 'b']);
  expect(allowed(text, { namespace: 'istio-system', labels: { app: 'x' } })).toEqual(['z']);
});

test('a selector picks workloads by their labels, in the root namespace those of every namespace', () => {
  const text =
    authorization('mine', 'shop', selector('cart')) +
    authorization('not-mine', 'shop', selector('web')) +
    authorization('root', 'istio-system', selector('cart'));
  expect(allowed(text)).toEqual(['root', 'mine']);
});

test('policies are told apart by their action, ALLOW where none is written', () => {
  const text =
    ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'].map((action) => authorization(action.toLowerCase(), 'shop', `action: ${action}`)).join('') +
    authorization('plain', 'shop');
  const { ALLOW, DENY, AUDIT, CUSTOM } = authorizationPoliciesOf(meshOf(text), cart);
  expect([ALLOW, DENY, AUDIT, CUSTOM].map((policies) => policies.map(({ name }) => name))).toEqual([['allow', 'plain'], ['deny'], ['audit'], ['custom']]);
});

test('a policy with references does not apply to ordinary workloads', () => {
  expect(allowed(authorization('a', 'shop', `targetRefs: [${reference('Service', 'cart', '')}]`))).toEqual([]);
  expect(allowed(authorization('a', 'shop', `targetRef: ${reference('Gateway', 'front')}`))).toEqual([]);
});

test('a gateway of the Gateway API takes references to itself from its own namespace, and selectors unless that is switched off', () => {
  const text =
    authorization('by-reference', 'shop', `targetRefs: [${reference('Gateway', 'other')}, ${reference('Gateway', 'front')}]`) +
    authorization('by-old-reference', 'shop', `targetRef: ${reference('Gateway', 'front')}`) +
    authorization('by-selector', 'shop', selector('gw')) +
    authorization('other-gateway', 'shop', `targetRefs: [${reference('Gateway', 'other')}]`) +
    authorization('other-group', 'shop', `targetRefs: [${reference('Gateway', 'front', 'networking.istio.io')}]`) +
    authorization('other-kind', 'shop', `targetRefs: [${reference('Service', 'front', '')}]`) +
    authorization('other-namespace', 'shop', `targetRefs: [${reference('Gateway', 'front', undefined, ', namespace: other')}]`) +
    authorization('from-root', 'istio-system', `targetRefs: [${reference('Gateway', 'front')}]`);
  expect(allowed(text, gateway)).toEqual(['by-old-reference', 'by-reference', 'by-selector']);
  expect(allowed(text, gateway, { ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY: 'false' })).toEqual(['by-old-reference', 'by-reference']);
});

test('RequestAuthentications are chosen in the same way, those of the own namespace first', () => {
  const text =
    object('RequestAuthentication', 'root', 'istio-system', '') +
    object('RequestAuthentication', 'own', 'shop', selector('cart')) +
    object('RequestAuthentication', 'no', 'shop', selector('web')) +
    object('RequestAuthentication', 'referring', 'shop', `targetRef: ${reference('Gateway', 'front')}`);
  expect(requestAuthenticationsOf(meshOf(text), cart).map(({ name }) => name)).toEqual(['own', 'root']);
});
