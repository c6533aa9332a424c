import type { Construct } from 'constructs';
import type { ObjectReference } from '../../imports/schema';
import { clusterDomain } from '../constructs/mesh-context';
import { specOf } from '../constructs/spec-of';
import { fullyQualified } from '../manifest/host';

/**
 * A service that a pattern is for: a Service of any cdk8s-plus version, an `ApiObject` of one, a ServiceEntry with one host, or the host as text.
 * A name without a dot is a Service of the chart's namespace; `reviews.bookinfo` is no short form of anything, so write `reviews.bookinfo.svc.cluster.local`.
 */
export type ServiceHost = string | ObjectReference;

/** Where a service is, and what its objects are called. */
export interface ServicePlace {
  /** The host as an object in the service's own namespace writes it. */
  readonly host: string;
  /** The namespace that the host states, or that of its object; undefined for a name of the chart's own namespace. */
  readonly namespace: string | undefined;
  /** A name for objects that are about the service. */
  readonly name: string;
}

/** What a host says about its service. */
export function placeOf(scope: Construct, host: ServiceHost): ServicePlace {
  if (typeof host !== 'string') {
    const [entryHost] = host.kind === 'ServiceEntry' ? ((specOf(host).hosts as readonly string[] | undefined) ?? []) : [];
    return { host: entryHost ?? host.name, namespace: host.metadata.namespace, name: host.name };
  }
  const [name = '', namespace] = host.split('.');
  const inCluster = namespace !== undefined && host === fullyQualified(name, namespace, clusterDomain(scope));
  return inCluster ? { host: name, namespace, name } : { host, namespace: undefined, name: nameOfHost(host) };
}

/** The name of an object that is about a host: `api-example-com`. */
export function nameOfHost(host: string): string {
  return host
    .replace(/^\*\.?/, 'any-')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/-$/, '')
    .toLowerCase();
}

/** Metadata of an object that belongs to a service: beside it, where every caller finds it and short names mean what they say. */
export function besideService({ name, namespace }: ServicePlace, ownName?: string): { name: string; namespace?: string } {
  return { name: ownName ?? name, ...(namespace === undefined ? {} : { namespace }) };
}
