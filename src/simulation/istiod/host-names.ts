/** The other names of a host for callers of one namespace, as they may write them in a URL or in the name that TLS asks for: see `otherNames`. */
export interface Caller {
  readonly namespace: string;
  /** The domain of the cluster. */
  readonly domain: string;
}

/** A service of the cluster by its hostname, where it is one: `name.namespace.svc.cluster.local`, and more labels may stand before the namespace. */
function clusterName(hostname: string, { domain }: Caller): { readonly name: string; readonly rest: string; readonly short: string } | undefined {
  const suffix = `.svc.${domain}`;
  if (!hostname.endsWith(suffix)) return undefined;
  const short = hostname.slice(0, hostname.indexOf('.svc.'));
  const dot = short.indexOf('.');
  return dot < 0 ? undefined : { name: short.slice(0, dot), rest: short.slice(dot + 1), short };
}

/** With a dot at the end, and for services of the cluster without their domain: `reviews.bookinfo.svc`, `reviews.bookinfo`, and from the same namespace `reviews`. */
export function otherNames(hostname: string, caller: Caller): readonly string[] {
  const cluster = clusterName(hostname, caller);
  if (cluster === undefined) return [`${hostname}.`];
  const { name, rest, short } = cluster;
  return [`${hostname}.`, `${short}.svc`, short, ...(rest === caller.namespace ? [name] : [])];
}

/** The hostnames one of whose `otherNames` a name is. */
export function hostnamesBehind(name: string, caller: Caller): readonly string[] {
  const found = [`${name}.svc.${caller.domain}`, `${name}.${caller.domain}`, `${name}.${caller.namespace}.svc.${caller.domain}`];
  if (name.endsWith('.')) found.push(name.slice(0, -1));
  return found.filter((hostname) => otherNames(hostname, caller).includes(name));
}
