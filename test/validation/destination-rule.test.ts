import { found, type Metadata } from './istiod';

const rule = (spec: object, metadata?: Metadata) => found('DestinationRule', { host: 'reviews', ...spec }, metadata);
const subset = (fields: object) => rule({ subsets: [{ name: 'v1', ...fields }] });
const policy = (fields: object) => rule({ trafficPolicy: fields });
const balanced = { loadBalancer: { simple: 'RANDOM' } };

test('a plain rule is fine', () => {
  expect(rule({ trafficPolicy: balanced, subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: balanced }, { name: 'v2' }] })).toEqual([]);
});

test.each(['', 'a_b', 'a.*', '-a', 'a..b', 'a'.repeat(64)])('DR1: the host "%s" is refused', (host) => {
  expect(rule({ host })).toEqual(['destination-rule/host spec.host']);
});

test.each(['*', '*.com', '*-a.com', 'UPPER.com', '123', 'a.'])('DR1: the host "%s" is fine', (host) => {
  expect(rule({ host })).toEqual([]);
});

test('DR2: names of subsets differ', () => {
  expect(rule({ subsets: [{ name: 'v1' }, { name: 'v2' }, { name: 'v1' }] })).toEqual(['destination-rule/duplicate-subset spec.subsets[2].name']);
});

test.each(['', 'v_1', 'a.b', 'v'.repeat(64)])('DR3: the subset "%s" is refused', (name) => {
  expect(rule({ subsets: [{ name }] })).toEqual(['destination-rule/subset-name spec.subsets[0].name']);
});

test('DR4: labels of subsets are labels, and there may be none', () => {
  expect(subset({ labels: { 'a b': 'a', a: 'b c' } })).toEqual([
    'label/invalid-key spec.subsets[0].labels[a b]',
    'label/invalid-value spec.subsets[0].labels[a]',
  ]);
  expect(subset({ labels: { 'example.com/app': '' } })).toEqual([]);
});

test('DR5: of the policies of subsets and ports, errors count and warnings do not', () => {
  const deprecated = { outlierDetection: { consecutiveErrors: 5, maxEjectionPercent: 101 } };
  expect(subset({ trafficPolicy: deprecated })).toEqual(['outlier-detection/percentage spec.subsets[0].trafficPolicy.outlierDetection.maxEjectionPercent']);
  expect(policy({ portLevelSettings: [{ port: {}, ...deprecated }] })).toEqual([
    'outlier-detection/percentage spec.trafficPolicy.portLevelSettings[0].outlierDetection.maxEjectionPercent',
  ]);
});

test('DR6: exportTo and workloadSelector are checked, together too', () => {
  expect(rule({ exportTo: ['~'] })).toEqual(['export-to/invalid spec.exportTo[0]']);
  expect(rule({ workloadSelector: { matchLabels: { app: 'a*' } } })).toEqual(['selector/wildcard spec.workloadSelector.matchLabels[app]']);
  expect(rule({ workloadSelector: {} })).toEqual(['selector/empty spec.workloadSelector']);
  const selected = { workloadSelector: { matchLabels: { app: 'a' } } };
  expect(rule({ ...selected, exportTo: ['*'] })).toEqual(['export-to/selector-beyond-namespace spec.exportTo']);
  expect(rule({ ...selected, exportTo: ['.'] })).toEqual([]);
  expect(rule({ ...selected, exportTo: ['shop'] }, { namespace: 'shop' })).toEqual([]);
});
