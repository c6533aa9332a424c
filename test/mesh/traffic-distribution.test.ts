import { trafficDistributionOf } from '../../src/mesh/traffic-distribution';
import { meshOf, serviceIn } from './mesh-of';

const annotation = 'networking.istio.io/traffic-distribution';
const service = (spec: string, value?: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop${value === undefined ? '' : `, annotations: { ${annotation}: "${value}" }`} }
spec: { ${spec} }
---`;
const namespace = (value: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { ${annotation}: "${value}" } }
---`;
const of = (text: string, host = 'web.shop.svc.cluster.local') => {
  const mesh = meshOf(text);
  const found = trafficDistributionOf(mesh, serviceIn(mesh, host));
  return found && [found.near, found.source?.manifest.object.kind, found.source?.path];
};
const path = `metadata.annotations["${annotation}"]`;

test.each<[string, string, readonly unknown[] | undefined]>([
  ['the spec', service('trafficDistribution: PreferClose'), ['zone', 'Service', 'spec.trafficDistribution']],
  ['the spec, for a zone', service('trafficDistribution: PreferSameZone'), ['zone', 'Service', 'spec.trafficDistribution']],
  ['the spec, for a node', service('trafficDistribution: PreferSameNode'), ['node', 'Service', 'spec.trafficDistribution']],
  ['the spec before the annotation', service('trafficDistribution: PreferSameNode', 'PreferClose'), ['node', 'Service', 'spec.trafficDistribution']],
  ['the annotation, where the spec says something else', service('trafficDistribution: preferclose', 'PreferSameNode'), ['node', 'Service', path]],
  ['the annotation, in any case', service('', 'preferSAMEzone'), ['zone', 'Service', path]],
  ['nothing, where the annotation says something else', namespace('PreferClose') + service('', 'Any'), undefined],
  ['the namespace', namespace('PreferSameNode') + service(''), ['node', 'Namespace', path]],
  ['nothing, where the namespace says something else', namespace('Any') + service(''), undefined],
  ['nothing', service(''), undefined],
])('how near endpoints should be is said by %s', (_, text, expected) => {
  expect(of(text)).toEqual(expected);
});

test('of ServiceEntries the annotation alone counts', () => {
  const entry = (spec: string, annotations: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: x, namespace: shop, annotations: { ${annotations} } }
spec: { hosts: [x.example.com], ports: [], ${spec} }`;
  expect(of(entry('trafficDistribution: PreferClose', ''), 'x.example.com')).toBeUndefined();
  expect(of(entry('', `${annotation}: PreferClose`), 'x.example.com')?.[0]).toBe('zone');
});
