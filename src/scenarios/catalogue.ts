import * as course from './course';
import * as kubeMeshy from './kube-meshy';
import * as playground from './playground';
import type { Scenario } from './scenario';

/** Every scenario, in the order of the collections. */
export const catalogue: readonly Scenario[] = [
  kubeMeshy.workloads,
  kubeMeshy.dashboards,
  kubeMeshy.minimalGateway,
  kubeMeshy.retries,
  kubeMeshy.minimalTrafficShifting,
  kubeMeshy.egress,
  kubeMeshy.clusterToCluster,
  kubeMeshy.luaCallout,
  course.helloWorldScenario,
  course.gatewayHosts,
  course.weighted,
  playground.bookinfoScenario,
  playground.trafficShifting,
];
