import type { Service, ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { service } from './service';
import { workload } from './workload';

/** Adds the Deployment and the Service `httpbin`, which says what it was asked. */
export function httpbin(scope: Construct, account?: ServiceAccount): Service {
  workload(scope, {
    name: 'httpbin',
    labels: { app: 'httpbin', version: 'v1' },
    image: 'docker.io/kennethreitz/httpbin',
    ports: [{ number: 80 }],
    ...(account ? { serviceAccount: account } : {}),
  });
  return service(scope, { name: 'httpbin', selector: { app: 'httpbin' }, port: 8000, targetPort: 80 });
}
