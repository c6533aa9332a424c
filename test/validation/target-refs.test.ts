import { checkSingleTarget, checkTargetRefs } from '../../src/validation/target-refs';
import { type DecodedObject, reported } from './istiod';

const targets = (...targetRefs: DecodedObject[]) => reported((context) => checkTargetRefs({ targetRefs }, context));
const single = (spec: DecodedObject) => reported((context) => checkSingleTarget(spec, context));
const service = { kind: 'Service', name: 'reviews' };

test('T1: of selector, targetRef and targetRefs only one is set; an empty selector counts', () => {
  expect(single({ selector: {}, targetRefs: [service] })).toEqual(['target-ref/several-targets spec.targetRefs']);
  expect(single({ targetRef: service, targetRefs: [service] })).toEqual(['target-ref/several-targets spec.targetRefs']);
  expect(single({ selector: {}, targetRef: service })).toEqual(['target-ref/several-targets spec.targetRef']);
  expect(single({ targetRefs: [service, service] })).toEqual([]);
});

test('T2: a target has a name', () => {
  expect(targets(service, { kind: 'Service' })).toEqual(['target-ref/name-missing spec.targetRefs[1].name']);
});

test('T3: a target has no namespace', () => {
  expect(targets({ ...service, namespace: 'bookinfo' })).toEqual(['target-ref/namespace spec.targetRefs[0].namespace']);
  expect(targets({ ...service, namespace: '' })).toEqual([]);
});

test('T4: a target is a Service, a ServiceEntry, or a Gateway or GatewayClass of the Gateway API', () => {
  expect(targets(service, { ...service, group: 'core' })).toEqual([]);
  expect(targets({ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'a' })).toEqual([]);
  expect(targets({ group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'a' })).toEqual([]);
  expect(targets({ group: 'networking.istio.io', kind: 'Gateway', name: 'a' })).toEqual(['target-ref/kind spec.targetRefs[0].kind']);
  expect(targets({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'a' })).toEqual(['target-ref/kind spec.targetRefs[0].kind']);
  expect(reported((context) => checkTargetRefs({ targetRef: { kind: 'Deployment', name: 'a' } }, context))).toEqual(['target-ref/kind spec.targetRef.kind']);
});
