// One version of a service may not call another service: policies know callers by their ServiceAccount, so that version needs one of its own.
// A policy that denies speaks before all that allow, and leaves everybody else alone.
import type { Construct } from 'constructs';
import { AuthorizationPolicy, trustDomain } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo } from '../workloads/bookinfo';
import { meshNamespace } from '../workloads/namespace';

/** Bookinfo whose reviews v3 are kept from ratings. */
export class AccessControl extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this, { ownAccount: ['reviews-v3'] });
    new AuthorizationPolicy(this, 'deny', {
      metadata: { name: 'deny-reviews-v3' },
      selector: { matchLabels: { app: 'ratings' } },
      action: 'DENY',
      rules: [{ from: [{ source: { principals: [`${trustDomain(this)}/ns/${this.namespace}/sa/bookinfo-reviews-v3`] } }] }],
    });
  }
}

const asksRatings = (from: string, status: number) => ({ from, url: 'http://ratings:9080/ratings/0', expect: { status } });

export const accessControl = defineScenario({
  id: 'classic/access-control',
  title: 'One version kept from a service',
  chart: AccessControl,
  claims: [{ name: 'reviews v2 may ask ratings, v3 is denied', calls: [asksRatings('reviews-v2', 200), asksRatings('reviews-v3', 403)] }],
});
