import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterDomain, setTargetRelease } from '../constructs';

/** What every chart of the catalogue can be told. */
export interface ScenarioProps extends ChartProps {
  /**
   * The Istio release to write for, any minor release from `1.8`: its apiVersions are taken, and what it lacks is an error at synthesis.
   * @default - the target of the scope, otherwise the newest release
   */
  readonly istio?: string;
  /** @default 'default' */
  readonly namespace?: string;
}

/** The chart that all scenarios are made of: in a namespace, and for one release of Istio. */
export abstract class ScenarioChart extends Chart {
  declare readonly namespace: string;

  constructor(scope: Construct, id: string, { istio, ...props }: ScenarioProps = {}) {
    super(scope, id, { namespace: 'default', ...props });
    if (istio !== undefined) setTargetRelease(this, istio);
  }

  /** The full name of a Service, which means the same in every namespace. */
  protected hostOf(service: string, namespace = this.namespace): string {
    return `${service}.${namespace}.svc.${clusterDomain(this)}`;
  }
}
