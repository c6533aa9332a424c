import { checkMetadata } from '../../src/schema/metadata';
import { type Finding, findingsOf, recorder, short } from './check';

function findings(metadata: unknown, scope: 'Namespaced' | 'Cluster' = 'Namespaced'): readonly Finding[] {
  const { report, findings: found } = recorder();
  checkMetadata(metadata, { kind: 'VirtualService', scope }, report);
  return found;
}
const codes = (metadata: unknown): string[] => short(findings(metadata));

const whole = (metadata: unknown): string[] =>
  short(findingsOf(JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec: { host: 'reviews' } })));

describe('names', () => {
  test.each(['a', '0', 'reviews-v1.bookinfo', 'a'.repeat(253)])('%s is a name', (name) => {
    expect(codes({ name })).toEqual([]);
  });

  test.each(['A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a/b', 'ü', 'a'.repeat(254), '$NAME'])('%s is no name', (name) => {
    expect(codes({ name })).toEqual(['metadata/name metadata.name']);
  });

  test('the fix spells the name right where that is clear', () => {
    expect(findings({ name: 'Reviews_V2' })[0]?.fix).toBe('write reviews-v2');
    expect(findings({ name: 'a b' })[0]?.fix).toBe('use lower-case letters, digits, "-" and "." only');
  });

  test('a placeholder that was not filled in is recognised', () => {
    expect(findings({ name: '{{ .Release.Name }}' })[0]?.message).toContain('placeholder');
  });

  test('a name is needed, unless one is generated', () => {
    expect(codes({})).toEqual(['metadata/name-required metadata.name']);
    expect(codes({ name: '' })).toEqual(['metadata/name-required metadata.name']);
    expect(codes({ generateName: 'reviews-' })).toEqual([]);
  });

  test('what is generated has to become a name', () => {
    expect(codes({ generateName: 'Reviews-' })).toEqual(['metadata/name metadata.generateName']);
    expect(codes({ generateName: 'reviews.' })).toEqual(['metadata/name metadata.generateName']);
    expect(codes({ name: 'a', generateName: '_' })).toEqual(['metadata/name metadata.generateName']);
    expect(codes({ generateName: 'a'.repeat(250) })).toEqual(['metadata/name metadata.generateName']);
  });
});

describe('namespaces', () => {
  test('a namespace is a DNS label', () => {
    expect(['bookinfo', 'a'.repeat(63), ''].map((namespace) => codes({ name: 'a', namespace }))).toEqual([[], [], []]);
    for (const namespace of ['a.b', 'Prod', '*', 'a'.repeat(64), 'a_b']) {
      expect(codes({ name: 'a', namespace })).toEqual(['metadata/namespace metadata.namespace']);
    }
  });

  test('an object that belongs to no namespace names none', () => {
    expect(short(findings({ name: 'a', namespace: 'b' }, 'Cluster'))).toEqual(['metadata/no-namespace metadata.namespace']);
    expect(findings({ name: 'a' }, 'Cluster')).toEqual([]);
  });
});

describe('labels and annotations', () => {
  test('keys and values of labels are checked one by one', () => {
    expect(
      codes({ name: 'a', labels: { 'app.kubernetes.io/name': 'x', 'a b': 'x', ok: 'Team Reviews', 'A.com/b': '', long: 'v'.repeat(64), '': '' } }),
    ).toEqual([
      'metadata/label-key metadata.labels[a b]',
      'metadata/label-value metadata.labels[ok]',
      'metadata/label-key metadata.labels[A.com/b]',
      'metadata/label-value metadata.labels[long]',
      'metadata/label-key metadata.labels[]',
    ]);
  });

  test('keys of annotations may have capitals before the slash, and values may be anything', () => {
    expect(codes({ name: 'a', annotations: { 'A.com/b': 'any thing', 'a b': '', '': '' } })).toEqual([
      'metadata/annotation-key metadata.annotations[a b]',
      'metadata/annotation-key metadata.annotations[]',
    ]);
  });

  test('annotations have 256 KiB together, keys included, in bytes', () => {
    expect(codes({ name: 'a', annotations: { a: 'x'.repeat(256 * 1024 - 1) } })).toEqual([]);
    expect(codes({ name: 'a', annotations: { a: 'x'.repeat(256 * 1024) } })).toEqual(['metadata/annotations-size metadata.annotations']);
    expect(codes({ name: 'a', annotations: { a: 'ü'.repeat(128 * 1024) } })).toEqual(['metadata/annotations-size metadata.annotations']);
  });
});

describe('the rest', () => {
  test('finalizers are qualified names, and two of them exclude each other', () => {
    expect(codes({ name: 'a', finalizers: ['example.com/x', 'y', 'a b'] })).toEqual(['metadata/finalizer metadata.finalizers[2]']);
    expect(codes({ name: 'a', finalizers: ['orphan', 'foregroundDeletion'] })).toEqual(['metadata/finalizer metadata.finalizers']);
  });

  test('owners are complete, are no Events, and one of them at most is the controller', () => {
    const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' };
    expect(codes({ name: 'a', ownerReferences: [owner, { ...owner, controller: true }, { ...owner, controller: true }] })).toEqual([
      'metadata/owner-reference metadata.ownerReferences[2].controller',
    ]);
    expect(codes({ name: 'a', ownerReferences: [{ ...owner, kind: 'Event' }] })).toEqual(['metadata/owner-reference metadata.ownerReferences[0]']);
    expect(codes({ name: 'a', ownerReferences: [{ apiVersion: 'v1' }] })).toEqual(
      ['kind', 'name', 'uid'].map((field) => `metadata/owner-reference metadata.ownerReferences[0].${field}`),
    );
  });

  test('managedFields and generation are the API server to write', () => {
    expect(codes({ name: 'a', generation: -1 })).toEqual(['metadata/generation metadata.generation']);
    expect(codes({ name: 'a', managedFields: [{ operation: 'Apply', fieldsType: 'FieldsV1' }] })).toEqual([]);
    expect(codes({ name: 'a', managedFields: [{ operation: 'x', fieldsType: 'x', manager: 'm'.repeat(129), subresource: 's'.repeat(257) }] })).toEqual(
      ['operation', 'fieldsType', 'manager', 'subresource'].map((field) => `metadata/managed-fields metadata.managedFields[0].${field}`),
    );
  });

  test('metadata has types and known fields like any other object', () => {
    expect(whole({ name: 'a', labels: { a: 1 }, annotations: { b: true }, nameSpace: 'x', creationTimestamp: 'today', generation: 1.5 })).toEqual([
      'schema/type metadata.labels.a',
      'schema/type metadata.annotations.b',
      'schema/unknown-field metadata.nameSpace',
      'schema/format metadata.creationTimestamp',
      'schema/type metadata.generation',
    ]);
    expect(whole('reviews')).toEqual(['schema/type metadata', 'metadata/name-required metadata.name']);
  });

  test('null in metadata is unset', () => {
    expect(whole({ name: 'a', labels: null, annotations: { a: null }, creationTimestamp: null, finalizers: null })).toEqual([]);
    expect(whole({ name: 'a', finalizers: [null], ownerReferences: [null] }).map((finding) => finding.split(' ')[0])).toEqual([
      'metadata/finalizer',
      ...Array(4).fill('metadata/owner-reference'),
    ]);
    expect(whole(null)).toEqual(['metadata/name-required metadata.name']);
  });
});
