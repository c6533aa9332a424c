import type { Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { service } from './service';
import { serviceAccount } from './service-account';
import { workload } from './workload';

/** The port of every bookinfo Service. */
export const bookinfoPort = 9080;

const versions = { details: ['v1'], ratings: ['v1'], reviews: ['v1', 'v2', 'v3'], productpage: ['v1'] } as const;

/** One of the four services of bookinfo. */
export type BookinfoService = keyof typeof versions;

/** What can differ about bookinfo. */
export interface BookinfoProps {
  /** The release of the images. @default '1.20.2' */
  readonly imageTag?: string;
  /** Services whose pods run elsewhere. @default - none */
  readonly withoutPods?: readonly BookinfoService[];
  /** Deployments with a ServiceAccount of their own. @default - none, the Deployments of a service share one */
  readonly ownAccount?: readonly string[];
}

/** Adds a ServiceAccount and a Service for each of the four services of bookinfo, and a Deployment for each of their versions. */
export function bookinfo(
  scope: Construct,
  { imageTag = '1.20.2', withoutPods = [], ownAccount = [] }: BookinfoProps = {},
): Readonly<Record<BookinfoService, Service>> {
  const add = (app: BookinfoService): Service => {
    const account = serviceAccount(scope, `bookinfo-${app}`);
    for (const version of withoutPods.includes(app) ? [] : versions[app]) {
      const name = `${app}-${version}`;
      workload(scope, {
        name,
        labels: { app, version },
        image: `docker.io/istio/examples-bookinfo-${app}-${version}:${imageTag}`,
        ports: [{ number: bookinfoPort }],
        serviceAccount: ownAccount.includes(name) ? serviceAccount(scope, `bookinfo-${name}`) : account,
      });
    }
    return service(scope, { name: app, selector: { app }, port: bookinfoPort });
  };
  return { details: add('details'), ratings: add('ratings'), reviews: add('reviews'), productpage: add('productpage') };
}
