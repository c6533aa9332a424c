import { found } from './istiod';

const selector = { matchLabels: { app: 'a' } };
const ports = (portLevelMtls: object, more: object = { selector }) => found('PeerAuthentication', { portLevelMtls, ...more });

test('PA1: ports need a selector with labels', () => {
  expect(ports({ 80: {} }, {})).toEqual(['peer-authentication/ports-without-selector spec.portLevelMtls']);
  expect(ports({ 80: {} }, { selector: {} })).toEqual(['peer-authentication/ports-without-selector spec.portLevelMtls', 'selector/empty spec.selector']);
  expect(ports({ 80: {} })).toEqual([]);
});

test('PA2: ports are not just announced', () => {
  expect(ports({})).toEqual(['peer-authentication/ports-empty spec.portLevelMtls']);
});

test('PA3: ports are ports', () => {
  expect(ports({ 0: {}, 65535: {}, 65536: {} })).toEqual([
    'peer-authentication/port spec.portLevelMtls[0]',
    'peer-authentication/port spec.portLevelMtls[65536]',
  ]);
});

test('PA4: the selector is checked', () => {
  expect(found('PeerAuthentication', { selector: { matchLabels: { app: '*' } } })).toEqual(['selector/wildcard spec.selector.matchLabels[app]']);
});
