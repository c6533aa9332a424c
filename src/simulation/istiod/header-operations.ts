import { compare } from '../../mesh/config-object';
import type { HeaderOperationsSpec, HeadersSpec } from '../../mesh/specs/virtual-service';
import type { HeaderMutations } from '../envoy/route';

/** What a `headers` block comes to. */
export interface HeaderOperations {
  readonly request?: HeaderMutations;
  readonly response?: HeaderMutations;
  /** A Host that is set among the request headers rewrites the host. */
  readonly authority?: string;
}

const none: HeaderOperations = {};

/** Reads a `headers` block; names that belong to the protocol cannot be changed by it. */
export function headerOperations(spec: HeadersSpec | undefined): HeaderOperations {
  if (spec === undefined) return none;
  const request = headerMutations(spec.request);
  const response = headerMutations(spec.response);
  const authority = authorityIn(spec.request?.set) || authorityIn(spec.request?.add);
  return { ...(request && { request }), ...(response && { response }), ...(authority && { authority }) };
}

/** Both lists of changes, one behind the other. */
export function bothMutations(one: HeaderMutations | undefined, other: HeaderMutations | undefined): HeaderMutations | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { remove: [...one.remove, ...other.remove], set: [...one.set, ...other.set] };
}

function headerMutations({ set, add, remove }: HeaderOperationsSpec = {}): HeaderMutations | undefined {
  const names = (remove ?? []).filter((name) => !isInternal(name));
  const values = [...inOrder(set, false), ...inOrder(add, true)];
  return names.length === 0 && values.length === 0 ? undefined : { remove: names, set: values };
}

function inOrder(fields: Readonly<Record<string, string>> = {}, append: boolean): HeaderMutations['set'] {
  return Object.entries(fields)
    .filter(([name]) => !isInternal(name))
    .sort(([one], [other]) => compare(one, other))
    .map(([name, value]) => ({ name, value, append }));
}

function isInternal(name: string): boolean {
  return name.startsWith(':') || name.toLowerCase() === 'host';
}

function authorityIn(fields: Readonly<Record<string, string>> = {}): string | undefined {
  return Object.entries(fields).find(([name]) => name.toLowerCase() === 'host' || name.toLowerCase() === ':authority')?.[1];
}
