import type { Labels } from '../manifest/labels';
import { identityOf } from '../manifest/manifest';
import type { ConstructLike, Destination } from '../simulation';
import { manifestOf, objectOf } from '../simulation/read-app';

/** An object to name: its text, or a construct of cdk8s or cdk8s-plus, of which kind, namespace and name are taken. */
export type ObjectReference = string | ConstructLike;

/** What a reference names; what it leaves open is absent. */
export interface Named {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  /** The hosts that a ServiceEntry declares. */
  readonly hosts?: readonly string[];
  /** The pods that a Gateway selects. */
  readonly selector?: Labels;
}

/**
 * Reads `reviews`, `bookinfo/reviews`, `AuthorizationPolicy/bookinfo/reviews`, or a construct.
 * @throws TypeError for what names nothing
 */
export function nameOf(reference: ObjectReference): Named {
  if (typeof reference === 'string' && reference !== '') {
    const [name = '', namespace, kind] = reference.split(/[/ ]/).reverse();
    return { ...(kind ? { kind } : {}), ...(namespace ? { namespace } : {}), name };
  }
  const construct = objectOf(reference);
  if (construct === undefined)
    throw new TypeError(
      `a name or the construct of an object is expected here, not ${typeof reference === 'object' ? 'another one' : JSON.stringify(reference)}`,
    );
  const { object } = manifestOf(construct);
  const { kind, namespace, name } = identityOf(object);
  const { hosts, selector } = (object.spec ?? {}) as { readonly hosts?: readonly string[]; readonly selector?: Labels };
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(kind === 'ServiceEntry' && hosts ? { hosts } : {}),
    ...(kind === 'Gateway' ? { selector: selector ?? {} } : {}),
  };
}

/** How a reference is spoken of in messages. */
export function titleOf(reference: ObjectReference): string {
  if (typeof reference === 'string') return reference;
  const { kind, namespace, name } = nameOf(reference);
  return [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ');
}

/** Whether requests ended at what a reference names: a service by any form of its host, a workload, or a host outside. */
export function isAt(destination: Destination, reference: ObjectReference): boolean {
  return isNamed(namesAt(destination), reference);
}

/** All names of what requests ended at. */
export function namesAt({ workload, namespace, host }: Destination): Set<string> {
  const names = new Set([workload, `${workload}.${namespace}`, `${namespace}/${workload}`]);
  if (host !== undefined) {
    names.add(host);
    const [name, hostNamespace = namespace, svc = 'svc'] = host.split('.');
    // A caller without proxy may have written less of the name.
    if (svc === 'svc')
      for (const form of [name, `${name}.${hostNamespace}`, `${name}.${hostNamespace}.svc`, `${hostNamespace}/${name}`]) names.add(form as string);
  }
  return names;
}

/** Whether a reference is among names. */
export function isNamed(names: ReadonlySet<string>, reference: ObjectReference): boolean {
  if (typeof reference === 'string') {
    nameOf(reference);
    return names.has(reference);
  }
  const { namespace: wanted, name, hosts = [] } = nameOf(reference);
  return names.has(wanted === undefined ? name : `${wanted}/${name}`) || hosts.some((each) => names.has(each));
}
