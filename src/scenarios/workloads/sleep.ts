import type { Deployment } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { workload } from './workload';

/** What can differ about a Deployment that only waits to be told what to ask. */
export interface SleepProps {
  /** @default 'sleep' */
  readonly name?: string;
  readonly namespace?: string;
  /** False keeps the sidecar out of its pods. @default - what its namespace says */
  readonly sidecar?: boolean;
  /** The zone of its nodes. */
  readonly zone?: string;
}

/** Adds a Deployment of curl that waits: `kubectl exec` asks whatever there is to ask. */
export function sleep(scope: Construct, { name = 'sleep', sidecar, ...props }: SleepProps = {}): Deployment {
  return workload(scope, {
    ...props,
    name,
    labels: { app: name },
    image: 'docker.io/curlimages/curl:8.9.1',
    command: ['/bin/sleep', 'infinity'],
    ...(sidecar === false ? { annotations: { 'sidecar.istio.io/inject': 'false' } } : {}),
  });
}
