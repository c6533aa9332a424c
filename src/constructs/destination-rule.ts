import type { Construct } from 'constructs';
import type { Destination, DestinationRuleSpec, Subset } from '../../imports/networking.istio.io';
import type { KubernetesObject } from '../manifest/manifest';
import { callerLocation, writtenAt } from './call-site';
import { fromManifest } from './from-manifest';
import { IstioObject, type IstioObjectProps, isOfKind } from './istio-object';
import { grow } from './object-state';
import { specOf } from './spec-of';

/** The fields of the `spec` of a DestinationRule, and its metadata. */
export interface DestinationRuleProps<Name extends string = string>
  extends DestinationRuleSpec<Name>,
    IstioObjectProps<`networking.istio.io/${'v1' | 'v1beta1' | 'v1alpha3'}`> {}

/**
 * What clients do with a host once it is chosen: its subsets, load balancing, connection limits, TLS.
 * The rule knows the names of its subsets, so `rule.subset('v3')` does not compile when there is none; names that are computed are checked when it is called.
 */
export class DestinationRule<const Name extends string = string> extends IstioObject {
  static readonly GVK = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule' } as const;
  declare readonly kind: 'DestinationRule';

  constructor(scope: Construct, id: string, props: DestinationRuleProps<Name>) {
    super(scope, id, DestinationRule.GVK, props);
  }

  /**
   * A subset of the rule's host as the destination of a route.
   * @param options.port the port of the host; needed when it has several
   * @throws when the rule has no such subset
   */
  subset(name: Name, options: { readonly port?: number } = {}): Destination {
    const subsets = specOf(this).subsets ?? [];
    // What a Lazy will produce cannot be known yet.
    if (Array.isArray(subsets) && subsets.every(hasName) && !subsets.some((subset) => subset.name === name)) {
      const known = subsets.length === 0 ? 'it has none' : `it has ${subsets.map((subset) => subset.name).join(', ')}`;
      throw new Error(`DestinationRule ${this.name} has no subset ${JSON.stringify(name)}; ${known}${writtenAt(callerLocation())}`);
    }
    return { host: this, subset: name, ...(options.port === undefined ? {} : { port: { number: options.port } }) };
  }

  /** Adds subsets. Use what this returns: it is the same rule, and its type knows the new names too. */
  addSubset<const Added extends string>(...subsets: readonly Subset<Added>[]): DestinationRule<Name | Added> {
    return grow<DestinationRule<Name | Added>>(this, 'subsets', subsets);
  }

  /** Makes the construct of a plain DestinationRule manifest. Throws for another kind. */
  static fromManifest(scope: Construct, id: string, object: KubernetesObject): DestinationRule {
    return fromManifest(DestinationRule, scope, id, object);
  }

  /** Whether a value is a DestinationRule, made by whichever copy of this package. */
  static isDestinationRule(value: unknown): value is DestinationRule {
    return isOfKind(DestinationRule, value);
  }
}

const hasName = (subset: unknown): subset is { name: string } => typeof (subset as { name?: unknown } | null)?.name === 'string';
