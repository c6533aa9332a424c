// The ingress gateway also obeys Kubernetes Ingresses of its class, plain and with a certificate.
// They can say hosts, paths and certificates, and nothing else: everything beyond that takes a Gateway and a VirtualService.
import { Ingress, IngressBackend, Secret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { httpbin } from '../workloads/httpbin';
import { clusterObject, meshNamespace } from '../workloads/namespace';

abstract class HttpbinIngress extends ScenarioChart {
  constructor(scope: Construct, id: string, secretName: string | undefined, props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    const backend = IngressBackend.fromService(httpbin(this), { port: 8000 });
    clusterObject(this, 'class', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'istio' },
      spec: { controller: 'istio.io/ingress-controller' },
    });
    new Ingress(this, 'ingress', {
      metadata: { name: 'httpbin' },
      className: 'istio',
      rules: [{ host: 'httpbin.example.com', path: '/', backend }],
      ...(secretName ? { tls: [{ hosts: ['httpbin.example.com'], secret: Secret.fromSecretName(this, 'certificate', secretName) }] } : {}),
    });
  }
}

/** `httpbin` behind an Ingress. */
export class PlainIngress extends HttpbinIngress {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, undefined, props);
  }
}

/** Props of {@link TlsIngress}. */
export interface TlsIngressProps extends ScenarioProps {
  /** The Secret with the certificate, in the namespace of the ingress gateway. @default 'httpbin-certificate' */
  readonly secretName?: string;
}

/** The same with a certificate. Keys belong into no repository, so its Secret is not part of it. */
export class TlsIngress extends HttpbinIngress {
  constructor(scope: Construct, id: string, { secretName = 'httpbin-certificate', ...props }: TlsIngressProps = {}) {
    super(scope, id, secretName, props);
  }
}

const notJudged = 'traffic tests have no Kubernetes Ingress';

export const ingress = defineScenario({
  id: 'classic/ingress',
  title: 'A Kubernetes Ingress, plain and with TLS',
  steps: [
    { id: '01-plain', title: 'HTTP', chart: PlainIngress },
    { id: '02-tls', title: 'HTTPS', chart: TlsIngress },
  ],
  claims: [
    { name: '/headers of httpbin.example.com at the ingress gateway reaches httpbin', step: '01-plain', calls: [], notJudged },
    { name: 'the same by HTTPS', step: '02-tls', calls: [], notJudged },
  ],
});
