import { isHostSubset } from '../../manifest/host';
import { sourceOf } from '../../mesh/config-object';
import { isExportedTo } from '../../mesh/export-to';
import type { GatewayServer } from '../../mesh/gateways';
import type { MeshModel } from '../../mesh/model';
import type { ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import { allVirtualServices, exportToOfVirtualService } from '../../mesh/virtual-services';
import type { Workload } from '../../mesh/workload';
import type { RunnerUp } from '../trace';
import { ServerHosts } from './server-hosts';

/** The VirtualServices that have a host, and why none of them serves it on the given servers of a gateway. */
export function virtualServicesPassedOver(mesh: MeshModel, gateway: Workload, servers: readonly GatewayServer[], host: string): readonly RunnerUp[] {
  return allVirtualServices(mesh)
    .filter(({ hosts }) => hosts.some((each) => isHostSubset(host, each.toLowerCase())))
    .map((virtualService) => {
      const { namespace, name } = virtualService.object;
      const [missedBy, path] = missed(mesh, gateway, servers, virtualService);
      return { what: `VirtualService ${namespace}/${name}`, missedBy, source: sourceOf(virtualService.object, path) };
    });
}

function missed(
  mesh: MeshModel,
  gateway: Workload,
  servers: readonly GatewayServer[],
  { object, gateways, hosts }: ResolvedVirtualService,
): readonly [string, string] {
  const bound = servers.filter((server) => gateways.includes(server.gateway));
  if (bound.length === 0) {
    const serving = [...new Set(servers.map((server) => server.gateway))];
    return [`it is bound to ${gateways.join(', ')}, and this port is served by ${serving.join(', ')}`, 'spec.gateways'];
  }
  if (!isExportedTo(exportToOfVirtualService(mesh, object), gateway.namespace)) {
    return [`it is not exported to ${gateway.namespace}, where the gateway runs`, 'spec.exportTo'];
  }
  const admitting = bound.filter((server) => new ServerHosts(server, object.namespace).common(hosts).length > 0);
  if (admitting.length === 0) {
    return [`the servers of this port take ${bound.flatMap((server) => server.hosts).join(', ')}`, 'spec.hosts'];
  }
  return [`none of its routes is for this Gateway and port ${[...new Set(admitting.map(({ port }) => port.number))].join(', ')}`, 'spec.http'];
}
