// Mutual TLS for the whole mesh around the bookinfo sample: nothing of it changes, and nobody without a certificate is let in.
// The ingress gateway is part of the mesh, so what comes from outside still arrives through it.
import type { Construct } from 'constructs';
import { PeerAuthentication } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { sleep } from '../workloads/sleep';
import { Bookinfo, type BookinfoChartProps } from './bookinfo';

/** Props of {@link Mtls}. */
export interface MtlsProps extends BookinfoChartProps {
  /** The root namespace of the mesh. @default 'istio-system' */
  readonly rootNamespace?: string;
}

/** Bookinfo in a mesh of mutual TLS, and a caller without a sidecar. */
export class Mtls extends Bookinfo {
  constructor(scope: Construct, id: string, { rootNamespace = 'istio-system', ...props }: MtlsProps = {}) {
    super(scope, id, props);
    sleep(this, { name: 'sleep-without-sidecar', sidecar: false });
    new PeerAuthentication(this, 'strict', { metadata: { name: 'default', namespace: rootNamespace }, mtls: { mode: 'STRICT' } });
  }
}

export const mtls = defineScenario({
  id: 'playground/mtls',
  title: 'Mutual TLS for the whole mesh',
  chart: Mtls,
  claims: [
    {
      name: 'a client without a certificate is refused; sidecars and the gateway are served',
      ...ingressGateway,
      calls: [
        { from: 'sleep-without-sidecar', url: 'http://productpage:9080/productpage', expect: { error: { oneOf: ['reset', 'closed'] } } },
        { from: 'productpage-v1', url: 'http://details:9080/details/0', expect: { status: 200, workload: 'details-v1', mtls: true } },
        throughIngress('http://bookinfo.example.com/productpage', { status: 200, workload: 'productpage-v1', mtls: true }),
      ],
    },
  ],
});
