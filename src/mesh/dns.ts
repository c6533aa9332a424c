import { isIp } from '../manifest/ip';
import { isListed } from './addresses';
import { KubernetesService } from './kubernetes-services';
import { type MeshModel, perMesh } from './model';
import { listedHosts, openHost } from './open-hosts';
import type { Service } from './service';

/** Names that no public DNS has. */
const privateSuffix = /\.(?:svc|local|localhost|internal|invalid)$/;

/**
 * What the DNS of a caller answers: the address of a Service by its usual names, of a host outside, or of a pod behind a headless Service. Where DNS is open, every other name with a
 * dot is public, and a host of a ServiceEntry that has an address is found there.
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
  // `reviews.shop` where shop is a namespace: a Service was meant, and it does not exist.
  return labels.length === 2 && mesh.namespaces.has(labels[1] as string) ? undefined : openHost(mesh, host).ip;
}

const names = perMesh((mesh) => {
  const services = new Map<string, KubernetesService>();
  const entries = new Map<string, string>();
  for (const service of mesh.services) {
    if (service instanceof KubernetesService) services.set(service.hostname, service);
    const [address] = service.addresses.filter(isIp);
    if (service.registry === 'External' && address !== undefined && !entries.has(service.hostname)) entries.set(service.hostname, address);
  }
  const external = new Map<string, string>();
  for (const { host, aliases = [], ip } of listedHosts(mesh))
    for (const name of [host, ...aliases].map((written) => written.toLowerCase())) if (!external.has(name)) external.set(name, ip);
  return { services, entries, external };
});
