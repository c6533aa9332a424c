import type { Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { service } from './service';
import { workload } from './workload';

export const courseImages = 'gcr.io/tetratelabs';

/** Adds the Deployment and the Service `hello-world`. */
export function helloWorld(scope: Construct): Service {
  const labels = { app: 'hello-world' };
  workload(scope, { name: 'hello-world', labels, image: `${courseImages}/hello-world:1.0.0`, ports: [{ number: 3000 }] });
  return service(scope, { name: 'hello-world', selector: labels, port: 80, targetPort: 3000 });
}
