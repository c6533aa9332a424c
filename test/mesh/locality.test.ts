import { localityLabel, parseLocality, topologyLabels } from '../../src/mesh/locality';

test('a locality may leave out its last parts', () => {
  expect([undefined, '', 'eu', 'eu/one', 'eu/one/a'].map(parseLocality)).toEqual([
    { region: '', zone: '', subzone: '' },
    { region: '', zone: '', subzone: '' },
    { region: 'eu', zone: '', subzone: '' },
    { region: 'eu', zone: 'one', subzone: '' },
    { region: 'eu', zone: 'one', subzone: 'a' },
  ]);
});

test('in a label dots stand for slashes, unless there are slashes', () => {
  const label = (value: string) => localityLabel({ 'istio-locality': value });
  expect([label('eu.one.a'), label('eu.west/one'), localityLabel({})]).toEqual([
    { region: 'eu', zone: 'one', subzone: 'a' },
    { region: 'eu.west', zone: 'one', subzone: '' },
    undefined,
  ]);
});

test('labels name the parts that are known', () => {
  const cluster = { 'topology.istio.io/cluster': 'Kubernetes' };
  expect(topologyLabels({ region: '', zone: '', subzone: '' })).toEqual(cluster);
  expect(topologyLabels({ region: 'eu', zone: 'one', subzone: 'a' })).toEqual({
    'topology.kubernetes.io/region': 'eu',
    'topology.kubernetes.io/zone': 'one',
    'topology.istio.io/subzone': 'a',
    ...cluster,
  });
});
