// A virtual machine becomes part of the mesh: it reaches the control plane through a gateway, registers itself, and serves like a pod.
// Services find it as they find pods, by its labels.
import type { Construct } from 'constructs';
import { Gateway, ServiceEntry, VirtualService, WorkloadEntry, WorkloadGroup } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo, bookinfoPort } from '../workloads/bookinfo';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link VmOnboarding}. */
export interface VmOnboardingProps extends ScenarioProps {
  /** The address of the virtual machine. @default '10.128.0.7' */
  readonly address?: string;
}

const labels = { app: 'ratings' };
const serviceAccount = 'bookinfo-ratings';

/** Bookinfo whose ratings run on a virtual machine. */
export class VmOnboarding extends ScenarioChart {
  constructor(scope: Construct, id: string, { address = '10.128.0.7', ...props }: VmOnboardingProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this, { withoutPods: ['ratings'] });
    this.exposeControlPlane();
    new WorkloadGroup(this, 'ratings-group', {
      metadata: { name: 'ratings' },
      workloadMetadata: { labels },
      template: { serviceAccount },
      probe: { periodSeconds: 5, initialDelaySeconds: 1, httpGet: { port: bookinfoPort, path: '/health' } },
    });
    // With auto-registration istiod writes it by itself when the machine connects.
    new WorkloadEntry(this, 'ratings-entry', { metadata: { name: `ratings-${address}`, labels }, address, labels, serviceAccount });
    new ServiceEntry(this, 'ratings-vm', {
      metadata: { name: 'ratings-vm' },
      hosts: ['ratings.vm.example.com'],
      location: 'MESH_INTERNAL',
      ports: [{ number: bookinfoPort, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      workloadSelector: { labels },
    });
  }

  /** The machine asks istiod for its configuration and its certificate, so istiod must be reachable from outside the cluster. */
  private exposeControlPlane(): void {
    const ports = { 15012: { name: 'tls-istiod', to: 15012 }, 15017: { name: 'tls-istiodwebhook', to: 443 } };
    const gateway = new Gateway(this, 'istiod-gateway', {
      metadata: { name: 'istiod-gateway', namespace: 'istio-system' },
      selector: { istio: 'eastwestgateway' },
      servers: Object.entries(ports).map(([number, { name }]) => ({
        hosts: ['*'],
        port: { number: Number(number), name, protocol: 'TLS' as const },
        tls: { mode: 'PASSTHROUGH' as const },
      })),
    });
    new VirtualService(this, 'istiod-routes', {
      metadata: { name: 'istiod', namespace: 'istio-system' },
      hosts: ['*'],
      gateways: [gateway],
      tls: Object.entries(ports).map(([port, { to }]) => ({
        match: [{ port: Number(port), sniHosts: ['*'] }],
        route: [{ destination: { host: this.hostOf('istiod', 'istio-system'), port: { number: to } } }],
      })),
    });
  }
}

const address = '127.1.0.50';

export const vmOnboarding = defineScenario({
  id: 'course/vm-onboarding',
  title: 'A virtual machine serves like a pod',
  chart: VmOnboarding,
  claims: [
    {
      name: 'the address of the virtual machine is an endpoint of Service ratings',
      props: { address },
      workloads: [{ name: 'ratings-vm', ip: address, pod: false, labels, serviceAccount, ports: [bookinfoPort] }],
      calls: [
        { from: 'reviews-v2', url: 'http://ratings:9080/ratings/0', expect: { status: 200, workload: 'ratings-vm', mtls: true } },
        { from: 'reviews-v2', url: 'http://ratings.vm.example.com:9080/', ip: '127.9.0.1', expect: { status: 200, workload: 'ratings-vm', mtls: true } },
      ],
    },
  ],
});
