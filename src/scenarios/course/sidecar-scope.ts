// By default every sidecar knows every Service of the mesh; a Sidecar object says which ones a workload really calls.
// Written by hand there is one for each workload; derived from who calls whom, they cannot disagree, and a default covers whoever calls nobody.
import type { Construct } from 'constructs';
import { Sidecar } from '../../constructs';
import { type Call, registryOnly } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { type BookinfoService, bookinfo } from '../workloads/bookinfo';
import { meshNamespace } from '../workloads/namespace';

/** Who calls whom in bookinfo. The first version of reviews shows no stars. */
const callees: Readonly<Record<string, readonly BookinfoService[]>> = {
  'productpage-v1': ['reviews', 'details'],
  'reviews-v1': [],
  'reviews-v2': ['ratings'],
  'reviews-v3': ['ratings'],
  'details-v1': [],
  'ratings-v1': [],
};

/** The control plane and the gateways are always in sight. */
const always = 'istio-system/*';

abstract class ScopedBookinfo extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this);
  }

  /** Adds the Sidecar of the workloads with some labels. */
  protected addSidecar(name: string, labels: Readonly<Record<string, string>>, services: readonly BookinfoService[]): void {
    const hosts = [...services.map((service) => `./${this.hostOf(service)}`), always];
    new Sidecar(this, name, { metadata: { name }, workloadSelector: { labels }, egress: [{ hosts }] });
  }
}

/** A Sidecar for each workload, written by hand. */
export class SidecarsByHand extends ScopedBookinfo {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    this.addSidecar('productpage-sidecar', { app: 'productpage' }, ['reviews', 'details']);
    this.addSidecar('reviews-v1-sidecar', { app: 'reviews', version: 'v1' }, []);
    this.addSidecar('reviews-v2-sidecar', { app: 'reviews', version: 'v2' }, ['ratings']);
    this.addSidecar('reviews-v3-sidecar', { app: 'reviews', version: 'v3' }, ['ratings']);
    this.addSidecar('details-sidecar', { app: 'details' }, []);
    this.addSidecar('ratings-sidecar', { app: 'ratings' }, []);
  }
}

/** The same scopes, derived from who calls whom: a default for the namespace, and a Sidecar for each workload that calls somebody. */
export class SidecarsFromCalls extends ScopedBookinfo {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    new Sidecar(this, 'default', { metadata: { name: 'default' }, egress: [{ hosts: [always] }] });
    const workloads = Object.keys(callees);
    for (const [workload, services] of Object.entries(callees)) {
      const [app = '', version = ''] = workload.split('-');
      const isOnlyVersion = workloads.filter((other) => other.startsWith(`${app}-`)).length === 1;
      const name = `${isOnlyVersion ? app : workload}-sidecar`;
      if (services.length > 0) this.addSidecar(name, isOnlyVersion ? { app } : { app, version }, services);
    }
  }
}

/** Every workload asks every service but its own. */
const everybodyAsksEverybody: readonly Call[] = Object.entries(callees).flatMap(([from, called]) =>
  (['productpage', 'details', 'ratings', 'reviews'] as const)
    .filter((service) => !from.startsWith(`${service}-`))
    .map((service) => ({
      from,
      url: `http://${service}:9080/`,
      expect: called.includes(service) ? { status: 200, 'labels.app': service } : { workload: null },
    })),
);

export const sidecarScope = defineScenario({
  id: 'course/sidecar-scope',
  title: 'Each sidecar knows only whom its workload calls',
  steps: [
    { id: '01-by-hand', title: 'A Sidecar for each workload', chart: SidecarsByHand },
    { id: '02-from-calls', title: 'The same, derived from who calls whom', chart: SidecarsFromCalls },
  ],
  claims: ['01-by-hand', '02-from-calls'].map((step) => ({
    name: 'each workload sees exactly its callees: 6 edges between pods in place of 30',
    step,
    ...registryOnly,
    calls: everybodyAsksEverybody,
  })),
});
