import { isHostSubset } from '../manifest/host';
import { isIp } from '../manifest/ip';
import { suggest } from '../manifest/suggest';
import { isListed } from './addresses';
import { entryOf } from './entry-of';
import { KubernetesService } from './kubernetes-services';
import { type MeshModel, perMesh } from './model';
import { listedHosts, openHost, openHostAt } from './open-hosts';
import type { Service } from './service';

/** Names that no public DNS has. */
const privateSuffix = /\.(?:svc|local|localhost|internal|invalid)$/;
/** Last labels of public names that are so common that nobody would think of a namespace; countries have two letters. */
const publicEnd = /^(?:[a-z]{2}|app|biz|cloud|com|dev|edu|gov|info|net|org)$/;

/**
 * What the DNS of a caller answers: the address of a Service by its usual names, of a host outside, or of a pod behind a headless Service. Where DNS is open, every other name with a
 * dot is public, unless it looks like a Service that does not exist, and a host of a ServiceEntry that has an address is found there.
 *
 * @param namespace of the caller; without one, bare names are unknown
 * @returns an IP address; undefined for a name that is not known
 */
export function resolveHost(mesh: MeshModel, host: string, namespace: string | undefined): string | undefined {
  return resolve(mesh, host, namespace, 0);
}

function resolve(mesh: MeshModel, written: string, namespace: string | undefined, hops: number): string | undefined {
  if (isIp(written)) return written;
  const host = written.toLowerCase().replace(/\.$/, '');
  const service = serviceOfName(mesh, host, namespace);
  // ExternalName Services can lead in circles.
  if (service !== undefined && hops < 8) return addressOf(mesh, service, namespace, hops);
  return names(mesh).external.get(host) ?? addressOfPod(mesh, host) ?? (isListed(mesh) ? undefined : publicAddress(mesh, host));
}

/** The search path of pods completes `reviews`, `reviews.shop` and `reviews.shop.svc`. */
function serviceOfName(mesh: MeshModel, host: string, namespace: string | undefined): KubernetesService | undefined {
  const { services } = names(mesh);
  const { domain } = mesh;
  return (
    (namespace === undefined || host.includes('.') ? undefined : services.get(`${host}.${namespace}.svc.${domain}`)) ??
    services.get(`${host}.svc.${domain}`) ??
    services.get(`${host}.${domain}`) ??
    services.get(host)
  );
}

function addressOf(mesh: MeshModel, service: KubernetesService, namespace: string | undefined, hops: number): string | undefined {
  if (service.externalName !== undefined) return resolve(mesh, service.externalName, namespace, hops + 1);
  if (!service.isHeadless) return service.addresses[0];
  const member = service.members().find(({ ready }) => ready) ?? firstListed(service);
  return member && ('ip' in member ? member.ip : member.address);
}

function firstListed(service: Service): ReturnType<Service['endpoints']>[number] | undefined {
  return service.ports.flatMap(({ number }) => service.endpoints(number)).find(({ healthy }) => healthy);
}

/** `web-0.web.shop.svc.cluster.local`: a pod of a StatefulSet, which one workload stands for. */
function addressOfPod(mesh: MeshModel, host: string): string | undefined {
  const dot = host.indexOf('.');
  const service = dot < 0 ? undefined : serviceOfName(mesh, host.slice(dot + 1), undefined);
  if (!service?.isHeadless) return undefined;
  const pod = host.slice(0, dot);
  return service.members().find(({ name }) => pod === name || pod.replace(/-\d+$/, '') === name)?.ip;
}

function publicAddress(mesh: MeshModel, host: string): string | undefined {
  const known = names(mesh).entries.get(host);
  if (known !== undefined) return known;
  const labels = host.split('.');
  if (labels.length < 2 || privateSuffix.test(host)) return undefined;
  return meansService(mesh, labels) ? undefined : openHost(mesh, host).ip;
}

/** `reviews.shop` where shop is a namespace, or where `reviews` is a Service and nobody has heard of shop: a Service was meant, and it does not exist. */
function meansService(mesh: MeshModel, [name = '', end = '', ...others]: readonly string[]): boolean {
  return others.length === 0 && (mesh.namespaces.has(end) || (names(mesh).byName.has(name) && !publicEnd.test(end)));
}

/**
 * The name of a Service that was probably meant by a name that DNS does not know: another namespace, or a slip of the pen.
 *
 * @param namespace of the caller
 */
export function meantHost(mesh: MeshModel, written: string, namespace: string | undefined): string | undefined {
  const [, name = '', end, rest = ''] = /^([^.]+)(?:\.([^.]+)(\.svc(?:\..+)?)?)?$/.exec(written.toLowerCase().replace(/\.$/, '')) ?? [];
  const { byName } = names(mesh);
  const owners = byName.get(name);
  if (owners !== undefined) return `${name}.${(end && suggest(end, owners)) ?? owners[0]}${rest}`;
  const home = end ?? namespace;
  const neighbours = [...byName].filter(([, namespaces]) => home !== undefined && namespaces.includes(home)).map(([neighbour]) => neighbour);
  const meant = suggest(name, neighbours);
  return meant && (end === undefined ? meant : `${meant}.${end}${rest}`);
}

/** Says that what a name stands for has other ports than the one that is asked; undefined where it has that port, or where nothing has the name. */
export function missingPort(mesh: MeshModel, written: string, namespace: string | undefined, port: number): string | undefined {
  const host = written.toLowerCase().replace(/\.$/, '');
  const service = serviceOfName(mesh, host, namespace);
  const ports = names(mesh).ports.get(service?.hostname ?? host);
  if (ports === undefined || ports.size === 0 || ports.has(port) || service?.externalName !== undefined) return undefined;
  const [first, ...others] = [...ports];
  const last = others.pop();
  const all = last === undefined ? `the port ${first}` : `the ports ${[first, ...others].join(', ')} and ${last}`;
  return `${service?.name ?? host} has ${all}, not ${port}`;
}

/** Whether a name is looked up as that of a public host of which neither the facts nor a ServiceEntry speak. */
export function isUndeclared(mesh: MeshModel, written: string, namespace: string | undefined): boolean {
  if (isListed(mesh) || isIp(written)) return false;
  const host = written.toLowerCase().replace(/\.$/, '');
  const ip = resolveHost(mesh, host, namespace);
  if (ip === undefined || openHostAt(mesh, ip)?.host !== host) return false;
  return !mesh.services.some(({ registry, hostname }) => registry === 'External' && isHostSubset(host, hostname.toLowerCase()));
}

const names = perMesh((mesh) => {
  const services = new Map<string, KubernetesService>();
  const entries = new Map<string, string>();
  const byName = new Map<string, string[]>();
  const ports = new Map<string, Set<number>>();
  for (const service of mesh.services) {
    const known = entryOf(ports, service.hostname, () => new Set<number>());
    for (const { number } of service.ports) known.add(number);
    if (service instanceof KubernetesService) {
      services.set(service.hostname, service);
      entryOf(byName, service.name, () => []).push(service.namespace);
    }
    const [address] = service.addresses.filter(isIp);
    if (service.registry === 'External' && address !== undefined && !entries.has(service.hostname)) entries.set(service.hostname, address);
  }
  const external = new Map<string, string>();
  for (const { host, aliases = [], ip } of listedHosts(mesh))
    for (const name of [host, ...aliases].map((written) => written.toLowerCase())) if (!external.has(name)) external.set(name, ip);
  return { services, entries, byName, ports, external };
});
