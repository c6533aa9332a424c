import { Ingress, IngressBackend, type Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { service } from './service';
import { workload } from './workload';

/** The port of `minimal-service` and `bounced-service`. */
export const minimalPort = 9090;

const image = 'localhost:5000/minimal-service:v1.0.0';
const ports = [{ number: minimalPort, name: 'http' }];

/** What can differ about `minimal-service`. */
export interface MinimalServiceProps {
  /** Version 2 as a second Deployment. @default false */
  readonly v2?: boolean;
  /** True pins the Service to version 1, so that it takes a patch to span both. @default false */
  readonly selectVersion?: boolean;
  /** Annotations of the pods of version 1. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Adds Deployment, Service and Ingress `minimal-service`. */
export function minimalService(scope: Construct, props: MinimalServiceProps = {}): Service {
  const labels = { app: 'minimal-service', version: 'v1' };
  workload(scope, { name: 'minimal-service', labels, image, ports, ...(props.annotations ? { annotations: props.annotations } : {}) });
  if (props.v2) workload(scope, { name: 'minimal-service-v2', labels: { ...labels, version: 'v2' }, image, ports });
  const added = service(scope, { name: 'minimal-service', selector: props.selectVersion ? labels : { app: labels.app }, port: minimalPort });
  ingress(scope, added);
  return added;
}

/**
 * Adds Deployment, Service and Ingress `bounced-service`, the same program told to fail.
 * @param failureRate the share of requests that it answers with 500
 */
export function bouncedService(scope: Construct, failureRate = 0.7): Service {
  const labels = { app: 'bounced-service', version: 'v1' };
  workload(scope, { name: 'bounced-service', labels, image, ports, env: { FAILURE_RATE: String(failureRate) } });
  const added = service(scope, { name: 'bounced-service', selector: { app: labels.app }, port: minimalPort });
  ingress(scope, added);
  return added;
}

function ingress(scope: Construct, backend: Service): Ingress {
  return new Ingress(scope, `${backend.name}-ingress`, {
    metadata: { name: backend.name },
    className: 'nginx',
    rules: [{ path: `/${backend.name}`, backend: IngressBackend.fromService(backend, { port: minimalPort }) }],
  });
}
