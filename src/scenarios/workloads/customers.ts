import type { Service, ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { courseImages } from './hello-world';
import { service } from './service';
import { workload } from './workload';

const versions = { v1: '1.0.0', v2: '2.0.0' } as const;

/** What can differ about the Deployments of `customers`. */
export interface CustomersProps {
  /** @default - both */
  readonly versions?: readonly (keyof typeof versions)[];
  readonly serviceAccount?: ServiceAccount;
}

/** Adds a Deployment of `customers` for each version, and the Service over all of them. */
export function customers(scope: Construct, props: CustomersProps = {}): Service {
  for (const version of props.versions ?? (['v1', 'v2'] as const)) {
    workload(scope, {
      name: `customers-${version}`,
      labels: { app: 'customers', version },
      image: `${courseImages}/customers:${versions[version]}`,
      ports: [{ number: 3000 }],
      ...(props.serviceAccount ? { serviceAccount: props.serviceAccount } : {}),
    });
  }
  return service(scope, { name: 'customers', selector: { app: 'customers' }, port: 80, targetPort: 3000 });
}
