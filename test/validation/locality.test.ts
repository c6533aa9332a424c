import fc from 'fast-check';
import { found } from './istiod';

const at = 'spec.trafficPolicy.loadBalancer.localityLbSetting';
const zoneAwareAt = 'spec.trafficPolicy.loadBalancer.zoneAwareLbSetting';
const withOutliers = { outlierDetection: {} };
const setting = (localityLbSetting: object, more: object = withOutliers) =>
  found('DestinationRule', { host: 'reviews', trafficPolicy: { loadBalancer: { localityLbSetting }, ...more } });
const zoneAware = (zoneAwareLbSetting: object, more: object = withOutliers) =>
  found('DestinationRule', { host: 'reviews', trafficPolicy: { loadBalancer: { zoneAwareLbSetting }, ...more } });
const failover = [{ from: 'a', to: 'b' }];
const distribute = (...entries: [from: string, to: object][]) => setting({ distribute: entries.map(([from, to]) => ({ from, to })) });

test('LB7: traffic is distributed or fails over, and nothing else is looked at then', () => {
  expect(setting({ distribute: [{ from: '', to: {} }], failover }, {})).toEqual([`locality/distribute-and-failover ${at}.failover`]);
});

test.each(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'])('LB8: failover excludes %s as a priority', (label) => {
  expect(setting({ failover, failoverPriority: ['version', label] }, {})).toEqual([`locality/topology-priority ${at}.failoverPriority[1]`]);
  expect(setting({ failoverPriority: [label] })).toEqual([]);
});

test('LB9: weights are from 1 to 100 and add up to 100, or failover is not looked at', () => {
  expect(distribute(['a', { a: 0, b: 100 }])).toEqual([`locality/weight ${at}.distribute[0].to[a]`]);
  expect(distribute(['a', { a: 101 }])).toEqual([`locality/weight ${at}.distribute[0].to[a]`]);
  expect(distribute(['a', { a: 50, b: 40 }])).toEqual([`locality/weight ${at}.distribute[0].to`]);
  expect(setting({ distribute: [{ from: 'a', to: { a: 1 } }], failoverPriority: ['version'] }, {})).toEqual([`locality/weight ${at}.distribute[0].to`]);
});

test.each(['', '/a', 'a//b', 'a/', 'a/b/', '*/a', '**', 'a*b'])('LB10: the locality "%s" is malformed', (locality) => {
  expect(distribute([locality, { a: 100 }])).toEqual([`locality/malformed ${at}.distribute[0].from`]);
  expect(distribute(['a', { [locality]: 100 }])).toEqual([`locality/malformed ${at}.distribute[0].to[${locality}]`]);
});

test.each([
  ['a', 'a'],
  ['*', 'a'],
  ['a/*', 'a/b'],
  ['a', 'a/b/c'],
  ['a/b', 'a'],
  ['a/b/c', 'a/b'],
  ['a/b/*', 'a/b/c'],
])('LB10: %s overlaps with %s behind it', (first, second) => {
  expect(distribute([first, { a: 100 }], [second, { a: 100 }])).toEqual([`locality/overlap ${at}.distribute[1].from`]);
});

test.each([
  ['a', 'b'],
  ['a/b', 'a/c'],
  ['a/b', 'ab'],
  ['a/b', 'a/*'],
  ['a', '*'],
  ['a/b/c', 'a/b/*'],
  ['a/b/c/d', 'a/b/c'],
])('LB10: %s does not overlap with %s behind it', (first, second) => {
  expect(distribute([first, { a: 100 }], [second, { a: 100 }])).toEqual([]);
});

test('LB10: targets overlap in any order', () => {
  const locality = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(locality, locality, fc.boolean(), (one, other, wildcard) => {
      const narrow = wildcard && one.split('/').length < 3 ? `${one}/*` : one;
      const results = [
        { [narrow]: 50, [other]: 50 },
        { [other]: 50, [narrow]: 50 },
      ].map((to) => distribute(['x', to]).length);
      return narrow === other || results[0] === results[1];
    }),
  );
});

test('LB11: failover needs outlier detection', () => {
  expect(setting({ failover }, {})).toEqual([`locality/failover-without-outlier-detection ${at}.failover`]);
  expect(setting({ failoverPriority: ['version'] }, {})).toEqual([`locality/failover-without-outlier-detection ${at}.failoverPriority`]);
  expect(setting({ failover })).toEqual([]);
});

test('LB12: failover is from one region to another', () => {
  expect(setting({ failover: [{ from: 'a', to: 'a' }] })).toEqual([`locality/failover-to-itself ${at}.failover[0].to`]);
  expect(setting({ failover: [{ from: 'a/b', to: '*' }] })).toEqual([
    `locality/failover-region ${at}.failover[0].from`,
    `locality/failover-region ${at}.failover[0].to`,
  ]);
});

test('LB13: the zone-aware setting takes no labels of regions, and otherwise follows the rules of failover', () => {
  expect(zoneAware({ failoverPriority: ['topology.kubernetes.io/zone'] })).toEqual([
    `locality/zone-aware-topology-priority ${zoneAwareAt}.failoverPriority[0]`,
  ]);
  expect(zoneAware({ failover }, {})).toEqual([`locality/failover-without-outlier-detection ${zoneAwareAt}.failover`]);
  expect(
    zoneAware({
      failover: [
        { from: 'a', to: 'a' },
        { from: 'a', to: 'b/c' },
      ],
    }),
  ).toEqual([`locality/failover-to-itself ${zoneAwareAt}.failover[0].to`, `locality/failover-region ${zoneAwareAt}.failover[1].to`]);
});
