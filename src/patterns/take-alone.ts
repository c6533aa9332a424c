import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { authorLocation, writtenAt } from '../constructs/call-site';
import { badInput } from './bad-input';
import type { ServicePlace } from './service-host';

/** Of each chart, who made the object that is the only one for its subject. Charts may be alternatives to one another, such as the steps of a release. */
const taken = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Takes something that one object of a chart must have for itself: Istio uses one VirtualService and one DestinationRule for a host, and ignores a second without a word.
 * @param subject what is taken, in words; the same words are the same thing
 * @throws when another pattern of the chart has it, naming that one and the author's line
 */
export function takeAlone(scope: Construct, subject: string, why: string): void {
  const chart = Chart.of(scope);
  const takers = taken.get(chart) ?? new Map<string, IConstruct>();
  taken.set(chart, takers);
  const other = takers.get(subject);
  if (other) {
    const child = other.node.findAll().find((each) => authorLocation(each) !== undefined);
    const where = child ? writtenAt(authorLocation(child)) : '';
    throw badInput(`${subject} is already made by ${other.node.path}${where}; ${why}`);
  }
  takers.set(subject, scope);
}

/** Takes the VirtualService of a service for callers in the mesh. */
export function takeRoutes(scope: Construct, place: ServicePlace): void {
  const why = 'callers use one VirtualService of a host and ignore a second, so put all its routes into one pattern';
  takeAlone(scope, `the routing of ${inWords(scope, place)}`, why);
}

/** Takes the DestinationRule of a service. */
export function takeRule(scope: Construct, place: ServicePlace): void {
  const why = 'of two for one host Istio drops the traffic policy of the second, so give all of it to one pattern';
  takeAlone(scope, `the DestinationRule of ${inWords(scope, place)}`, why);
}

/** Takes hosts at a gateway, which is named or described by its pods. */
export function takeIngress(scope: Construct, hosts: readonly string[], gateway: string): void {
  for (const host of hosts)
    takeAlone(scope, `the ingress of ${host} at ${gateway}`, 'the order of their routes would be left to chance, so add the routes to that one');
}

function inWords(scope: Construct, { host, namespace = Chart.of(scope).namespace }: ServicePlace): string {
  return namespace === undefined ? host : `${host} in ${namespace}`;
}
