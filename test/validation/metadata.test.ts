import { checkMetadata } from '../../src/validation/metadata';
import { reported } from './istiod';

const reject = 'internal.istio.io/webhook-always-reject';

function annotated(annotations: { readonly [key: string]: string }, kind = 'Gateway', action?: string): string[] {
  return reported((context) => checkMetadata(action === undefined ? {} : { action }, context), { annotations }, kind);
}

test('M1: only an AuthorizationPolicy can have the annotation istio.io/dry-run', () => {
  expect(annotated({ 'istio.io/dry-run': 'true' })).toEqual(['metadata/dry-run-unsupported metadata.annotations[istio.io/dry-run]']);
  expect(annotated({ 'istio.io/dry-run': 'true' }, 'AuthorizationPolicy')).toEqual([]);
});

test('M2: a dry run needs a policy that allows or denies, and a value that Go reads as true or false', () => {
  const path = 'metadata/dry-run-invalid metadata.annotations[istio.io/dry-run]';
  expect(annotated({ 'istio.io/dry-run': 'yes' }, 'AuthorizationPolicy')).toEqual([path]);
  expect(annotated({ 'istio.io/dry-run': '' }, 'AuthorizationPolicy')).toEqual([path]);
  expect(annotated({ 'istio.io/dry-run': 'true' }, 'AuthorizationPolicy', 'AUDIT')).toEqual([path]);
  expect(annotated({ 'istio.io/dry-run': 'T' }, 'AuthorizationPolicy', 'DENY')).toEqual([]);
});

test('M3: istiod refuses what asks to be refused, whatever the value', () => {
  expect(annotated({ [reject]: 'false' })).toEqual([`metadata/always-rejected metadata.annotations[${reject}]`]);
});

test('M4: the annotation of the parent namespace is reserved', () => {
  expect(annotated({ 'internal.istio.io/parent-namespace': 'a' })).toEqual([
    'metadata/internal-annotation metadata.annotations[internal.istio.io/parent-namespace]',
  ]);
});

test('M5: the annotation of the parents is reserved', () => {
  expect(annotated({ 'internal.istio.io/parents': 'a' })).toEqual(['metadata/internal-annotation metadata.annotations[internal.istio.io/parents]']);
});

test('M1 to M5: the first finding is the only one, and the spec is not looked at after it', () => {
  expect(annotated({ 'internal.istio.io/parents': 'a', [reject]: 'a', 'istio.io/dry-run': 'true' })).toHaveLength(1);
  reported((context) => expect(checkMetadata({}, context)).toBe(false), { annotations: { [reject]: '' } });
  reported((context) => expect(checkMetadata({}, context)).toBe(true), { annotations: { other: '' } });
});
