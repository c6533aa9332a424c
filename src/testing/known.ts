import { suggest } from '../manifest/suggest';
import type { Outcome } from '../simulation';
import type { Declared } from '../simulation/declared';
import { parseTarget } from '../simulation/request';
import { isAt, isNamed, nameOf, namesAt, type ObjectReference, titleOf } from './reference';

/**
 * Refuses options that a matcher does not have: behind `.not` nobody would notice.
 * @throws TypeError
 */
export function checkOptions(matcher: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new TypeError(`the options of ${matcher} are an object with ${known.join(', ')}`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`${matcher} has no option ${unknown}${instead(unknown, known)}`);
}

/** All names under which requests can end somewhere; a mesh is asked many times. */
const namesIn = new WeakMap<Declared, ReadonlySet<string>>();

/**
 * Refuses what nothing declares: no service, workload or host outside, and not the host that is asked.
 * @throws TypeError
 */
export function checkDestination({ declared, request }: Outcome, reference: ObjectReference): void {
  const all = declared();
  let names = namesIn.get(all);
  if (names === undefined) {
    names = new Set(all.destinations.flatMap((each) => [...namesAt(each)]));
    namesIn.set(all, names);
  }
  const { host } = parseTarget(request.to);
  if (isNamed(names, reference) || isAt({ workload: host, host }, reference)) return;
  const isBelow = (name: string): boolean => all.destinations.some((each) => each.host?.startsWith('*') && name.endsWith(each.host.slice(1)));
  if (typeof reference === 'string' && isBelow(reference)) return;
  const written = typeof reference === 'string' ? reference : nameOf(reference).name;
  throw new TypeError(`the mesh has no service, workload or host ${titleOf(reference)}${instead(written, names)}`);
}

/** @throws TypeError for a subset that no DestinationRule has */
export function checkSubset({ declared }: Outcome, subset: string): void {
  const { subsets } = declared();
  if (!subsets.has(subset)) throw new TypeError(`no DestinationRule of the mesh has a subset ${subset}${instead(subset, subsets)}`);
}

/** @throws TypeError for a policy that the mesh does not have */
export function checkPolicy({ declared }: Outcome, reference: ObjectReference): void {
  const { kind, namespace, name } = nameOf(reference);
  const { policies } = declared();
  const isThere = policies.some(
    (each) => each.name === name && (kind === undefined || each.kind === kind) && (namespace === undefined || (each.namespace ?? 'default') === namespace),
  );
  if (isThere) return;
  const named = policies.map((each) => each.name);
  const same = policies.find((each) => each.name === name);
  const hint = same === undefined ? instead(name, named) : `; did you mean ${same.kind}/${same.namespace ?? 'default'}/${same.name}?`;
  throw new TypeError(`the mesh has no AuthorizationPolicy or RequestAuthentication ${titleOf(reference)}${hint}`);
}

/** What was probably meant, or what there is where that is little. */
function instead(written: string, known: Iterable<string>): string {
  const near = suggest(written, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  const every = [...new Set(known)];
  // The short forms of names are enough to recognise one.
  const short = every.filter((name) => !/[./]/.test(name));
  const all = short.length > 0 ? short : every;
  return all.length === 0
    ? '; there is none at all'
    : `; there ${all.length === 1 ? 'is' : 'are'} ${all.slice(0, 8).join(', ')}${all.length > 8 ? ', ...' : ''}`;
}
