import { Chart } from 'cdk8s';
import type { Service, ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { clusterDomain } from '../../constructs';
import { courseImages } from './hello-world';
import { service } from './service';
import { workload } from './workload';

/** What can differ about the Deployment `web-frontend`. */
export interface WebFrontendProps {
  readonly serviceAccount?: ServiceAccount;
  /** False keeps the sidecar out of its pods. @default - what its namespace says */
  readonly sidecar?: boolean;
}

/** Adds the Deployment and the Service `web-frontend`, which asks `customers`. */
export function webFrontend(scope: Construct, props: WebFrontendProps = {}): Service {
  workload(scope, {
    name: 'web-frontend',
    labels: { app: 'web-frontend', version: 'v1' },
    image: `${courseImages}/web-frontend:1.0.0`,
    ports: [{ number: 8080 }],
    env: { CUSTOMER_SERVICE_URL: `http://customers.${Chart.of(scope).namespace}.svc.${clusterDomain(scope)}` },
    ...(props.serviceAccount ? { serviceAccount: props.serviceAccount } : {}),
    ...(props.sidecar === false ? { annotations: { 'sidecar.istio.io/inject': 'false' } } : {}),
  });
  return service(scope, { name: 'web-frontend', selector: { app: 'web-frontend' }, port: 80, targetPort: 8080 });
}
