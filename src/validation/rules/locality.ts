import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const policy = (fields: string) => example('DestinationRule', `host: reviews\ntrafficPolicy:\n${indent(fields)}`);
const balanced = (setting: string, fields: string) => `loadBalancer:\n  simple: ROUND_ROBIN\n  ${setting}:\n${indent(indent(fields))}`;
const outlierDetection = 'outlierDetection:\n  consecutive5xxErrors: 5';
const locality = (fields: string) => policy(`${balanced('localityLbSetting', fields)}\n${outlierDetection}`);
const zoneAware = (fields: string) => policy(`${balanced('zoneAwareLbSetting', fields)}\n${outlierDetection}`);
const failover = (from: string, to: string) => `failover:\n- from: ${from}\n  to: ${to}`;
const distribute = (from: string, to: string) => `distribute:\n- from: ${from}\n  to:\n${indent(indent(to))}`;

/** Rules about how traffic is spread over regions and zones. */
export const localityRules = ruleTable({
  distributeAndFailover: {
    code: 'locality/distribute-and-failover',
    severity: 'error',
    istiod: ['LB7'],
    title: 'Both distribute and failover are set.',
    effect: 'The cluster refuses the object.',
    fix: 'keep one of distribute and failover',
    bad: locality(`${distribute('us-west/*', '"us-west/*": 100')}\n${failover('us-west', 'us-east')}`),
    good: locality(failover('us-west', 'us-east')),
  },
  topologyPriority: {
    code: 'locality/topology-priority',
    severity: 'error',
    istiod: ['LB8'],
    title: 'failoverPriority names a label of regions or zones beside failover.',
    effect: 'The cluster refuses the object.',
    fix: 'remove failover, or the label from failoverPriority',
    bad: locality(`${failover('us-west', 'us-east')}\nfailoverPriority: [topology.kubernetes.io/region]`),
    good: locality('failoverPriority: [topology.kubernetes.io/region]'),
  },
  topologyPriorityZoneAware: {
    code: 'locality/zone-aware-topology-priority',
    severity: 'error',
    istiod: ['LB13'],
    since: '1.31',
    title: 'failoverPriority of zoneAwareLbSetting names a label of regions or zones.',
    effect: 'The cluster refuses the object.',
    fix: 'remove the label: zone-aware load balancing minds regions and zones by itself',
    bad: zoneAware('failoverPriority: [topology.kubernetes.io/zone]'),
    good: zoneAware('failoverPriority: [version]'),
  },
  weight: {
    code: 'locality/weight',
    severity: 'error',
    istiod: ['LB9'],
    title: 'The weights of localities are not from 1 to 100, or do not add up to 100.',
    effect: 'The cluster refuses the object.',
    fix: 'write whole percentages that add up to 100, and leave localities without traffic out',
    bad: locality(distribute('us-west/*', '"us-west/*": 80\n"us-east/*": 10')),
    good: locality(distribute('us-west/*', '"us-west/*": 80\n"us-east/*": 20')),
  },
  malformed: {
    code: 'locality/malformed',
    severity: 'error',
    istiod: ['LB10'],
    title: 'A locality is malformed.',
    effect: 'The cluster refuses the object.',
    fix: 'write region, region/zone or region/zone/subzone; * may only be the last of them',
    bad: locality(distribute('us-west//b', '"us-west/*": 100')),
    good: locality(distribute('us-west/a/b', '"us-west/*": 100')),
  },
  overlap: {
    code: 'locality/overlap',
    severity: 'error',
    istiod: ['LB10'],
    title: 'Two localities of one list overlap.',
    effect: 'The cluster refuses the object. (Of overlapping targets istiod notices some only now and then.)',
    fix: 'name every locality once, and none that another one contains',
    bad: locality(distribute('us-west/*', '"us-east/*": 50\nus-east/a: 50')),
    good: locality(distribute('us-west/*', '"us-west/*": 50\nus-east/a: 50')),
  },
  failoverWithoutOutlierDetection: {
    code: 'locality/failover-without-outlier-detection',
    severity: 'warning',
    istiod: ['LB11', 'LB13'],
    title: 'Failover is set up, but the policy has no outlier detection.',
    effect: 'Failing endpoints are never given up, so traffic never fails over.',
    fix: 'add outlierDetection to the same policy',
    bad: policy(balanced('localityLbSetting', failover('us-west', 'us-east'))),
    good: locality(failover('us-west', 'us-east')),
  },
  sameRegion: {
    code: 'locality/failover-to-itself',
    severity: 'error',
    istiod: ['LB12', 'LB13'],
    title: 'A region fails over to itself.',
    effect: 'The cluster refuses the object.',
    fix: 'name another region',
    bad: locality(failover('us-west', 'us-west')),
    good: locality(failover('us-west', 'us-east')),
  },
  notRegion: {
    code: 'locality/failover-region',
    severity: 'error',
    istiod: ['LB12', 'LB13'],
    title: 'Failover is between regions, but a zone or a wildcard is named.',
    effect: 'The cluster refuses the object.',
    fix: 'write the region alone; zones of a region help one another anyway',
    bad: locality(failover('us-west/a', 'us-east')),
    good: locality(failover('us-west', 'us-east')),
  },
});
