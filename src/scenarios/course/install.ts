// Installations of Istio as files: a profile, and what differs from it; `istioctl install -f` reads them, kubectl does not.
// Pods get a sidecar where the namespace has the label for it, and only when they are created after that.
import type { Construct } from 'constructs';
import { istioOperator } from '../istio-operator';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { meshNamespace } from '../workloads/namespace';

/** The namespace whose pods get a sidecar. */
export class InjectedNamespace extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
  }
}

const profile = 'demo';

export const install = defineScenario({
  id: 'course/install',
  title: 'Installations, and a namespace for the mesh',
  chart: InjectedNamespace,
  files: [
    istioOperator('demo-installation', { profile }),
    istioOperator('demo-without-egress-gateway', { profile, components: { egressGateways: [{ name: 'istio-egressgateway', enabled: false }] } }),
    istioOperator('internal-gateway-only', {
      profile: 'empty',
      components: {
        ingressGateways: [
          {
            name: 'ilb-gateway',
            namespace: 'some-namespace',
            enabled: true,
            label: { istio: 'ilb-gateway' },
            k8s: { serviceAnnotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
          },
        ],
      },
    }),
    istioOperator('demo-registry-only', { profile, meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }),
    istioOperator('demo-auto-registration', {
      profile,
      values: {
        pilot: { env: { PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION: 'true', PILOT_ENABLE_WORKLOAD_ENTRY_HEALTHCHECKS: 'true' } },
      },
    }),
  ],
  claims: [],
});
