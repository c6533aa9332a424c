// Requests stay near: with outlier detection the nearest healthy pods get everything, and a failover says where to go when they are gone.
// A distribution sends fixed shares to localities instead; what it does not list gets nothing.
import type { Construct } from 'constructs';
import type { LocalityLoadBalancerSetting } from '../../../imports/networking.istio.io';
import { DestinationRule } from '../../constructs';
import { type ClusterWorkload, distribution } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { sleep } from '../workloads/sleep';
import { workload } from '../workloads/workload';

abstract class LocalHelloWorld extends ScenarioChart {
  constructor(scope: Construct, id: string, zones: readonly string[], localityLbSetting: LocalityLoadBalancerSetting, props: ScenarioProps) {
    super(scope, id, { namespace: 'sample', ...props });
    meshNamespace(this);
    const [callerZone] = zones;
    sleep(this, callerZone ? { zone: callerZone } : {});
    for (const zone of zones) {
      workload(this, {
        name: `helloworld-${zone}`,
        labels: { app: 'helloworld', version: 'v1' },
        image: 'docker.io/istio/examples-helloworld-v1:1.0',
        ports: [{ number: 5000 }],
        zone,
      });
    }
    service(this, { name: 'helloworld', selector: { app: 'helloworld' }, port: 5000 });
    new DestinationRule(this, 'locality', {
      metadata: { name: 'helloworld' },
      host: this.hostOf('helloworld'),
      trafficPolicy: {
        loadBalancer: { localityLbSetting },
        // Without it there is no telling that a locality is gone, and nothing ever fails over.
        outlierDetection: { consecutive5xxErrors: 100, interval: '1s', baseEjectionTime: '1m' },
      },
    });
  }
}

/** When the pods in the region us-west are gone, those in us-east take over, not those in eu-west. */
export class LocalityFailover extends LocalHelloWorld {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, ['us-west-a', 'us-east-a', 'eu-west-a'], { enabled: true, failover: [{ from: 'us-west', to: 'us-east' }] }, props);
  }
}

/** Shares for callers in one zone: half stays there, the rest goes to its neighbour and to another region. */
export class LocalityDistribution extends LocalHelloWorld {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    const to = { 'us-west1/us-west1-a/*': 50, 'us-west1/us-west1-b/*': 30, 'us-east1/us-east1-a/*': 20 };
    super(scope, id, ['us-west1-a', 'us-west1-b', 'us-east1-a'], { enabled: true, distribute: [{ from: 'us-west1/us-west1-a/*', to }] }, props);
  }
}

/** Where the nodes of the zones are: a zone is named after its region. */
function located(zones: readonly string[]): readonly ClusterWorkload[] {
  const locality = (zone: string): string => `${zone.slice(0, -2)}/${zone}`;
  const pods = zones.map((zone) => ({ name: `helloworld-${zone}`, namespace: 'sample', locality: locality(zone) }));
  return [{ name: 'sleep', namespace: 'sample', locality: locality(zones[0] ?? '') }, ...pods];
}

const url = 'http://helloworld.sample.svc.cluster.local:5000/hello';
const failoverZones = ['us-west-a', 'us-east-a', 'eu-west-a'];

export const locality = defineScenario({
  id: 'course/locality',
  title: 'Near first, failover to another region, or fixed shares',
  steps: [
    { id: '01-failover', title: 'From us-west to us-east', chart: LocalityFailover },
    { id: '02-distribute', title: '50, 30 and 20 percent', chart: LocalityDistribution },
  ],
  claims: [
    {
      name: 'everything stays in us-west as long as there is a pod',
      step: '01-failover',
      workloads: located(failoverZones),
      calls: [{ from: 'sleep', url, count: 40, expect: { distribution: { 'helloworld-us-west-a': 40 } } }],
    },
    {
      name: 'without one everything goes to us-east',
      step: '01-failover',
      workloads: located(failoverZones).map((pod) => (pod.name === 'helloworld-us-west-a' ? { ...pod, ready: false } : pod)),
      calls: [{ from: 'sleep', url, count: 40, expect: { distribution: { 'helloworld-us-east-a': 40 } } }],
    },
    {
      name: '50 % stay in the zone, 30 % go to its neighbour, 20 % to the other region',
      step: '02-distribute',
      workloads: located(['us-west1-a', 'us-west1-b', 'us-east1-a']),
      calls: [
        {
          from: 'sleep',
          url,
          count: 200,
          expect: { distribution: distribution(200, { 'helloworld-us-west1-a': 0.5, 'helloworld-us-west1-b': 0.3, 'helloworld-us-east1-a': 0.2 }) },
        },
      ],
    },
  ],
});
