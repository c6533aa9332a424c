import { Chart, type ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { badInput } from './bad-input';
import type { ServiceRoutesProps } from './service-routes';
import { isPercentage } from './shares';
import { TrafficSplit } from './traffic-split';

/** Props of {@link CanaryRelease}. */
export interface CanaryReleaseProps<Stable extends string, Canary extends string> extends ServiceRoutesProps<Stable | Canary> {
  /** The subset that has all requests before. */
  readonly stable: Stable;
  /** The subset that has all requests in the end. */
  readonly canary: Canary;
  /** The canary's share in percent at each step, rising. Begin with 0 to let the subsets be known before anything is routed to them. */
  readonly steps: readonly number[];
  /** Props of the chart of each step, such as its namespace. */
  readonly chart?: ChartProps;
}

/** One step of a canary release. */
export interface CanaryStep<Name extends string> {
  /** The canary's share in percent. */
  readonly share: number;
  readonly chart: Chart;
  readonly split: TrafficSplit<Name>;
}

/**
 * A release in steps: for each step a chart of its own, with the same objects under the same names, so that applying a step replaces the one before and applying
 * an earlier one goes back. Both subsets are in every step, so no request ever goes to a subset that is not there yet or no more.
 * The charts are named `<id>-<step>-<share>` and synthesised with the app; which of them is applied is up to the pipeline.
 */
export class CanaryRelease<const Stable extends string = string, const Canary extends string = string> extends Construct {
  readonly steps: readonly CanaryStep<Stable | Canary>[];

  constructor(scope: Construct, id: string, props: CanaryReleaseProps<Stable, Canary>) {
    super(scope, id);
    const { stable, canary, steps, chart: chartProps, ...routes } = props;
    const rising = steps.every((share, index) => isPercentage(share) && share > (steps[index - 1] ?? -1));
    if (steps.length === 0 || !rising) {
      throw badInput(`steps are rising whole percentages such as [0, 10, 50, 100], not [${steps.join(', ')}]`);
    }
    if ((stable as string) === canary) throw badInput(`stable and canary are both ${stable}`);
    const width = String(steps.length).length;
    this.steps = steps.map((share, index) => {
      // Beside this construct, not below it: cdk8s names files of nested charts by a hash.
      const chart = new Chart(scope, `${id}-${String(index + 1).padStart(width, '0')}-${share}`, chartProps);
      const shares = { [stable]: 100 - share, [canary]: share } as { readonly [N in Stable | Canary]: number };
      return { share, chart, split: new TrafficSplit<Stable | Canary>(chart, 'split', { ...routes, shares }) };
    });
  }
}
