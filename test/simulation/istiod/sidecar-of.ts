import type { MeshFacts } from '../../../src/mesh/facts';
import { findWorkload } from '../../../src/mesh/workloads';
import type { FilterChain } from '../../../src/simulation/envoy/configuration';
import type { Route, VirtualHost } from '../../../src/simulation/envoy/route';
import { outboundFilterChain } from '../../../src/simulation/istiod/outbound';
import type { ClientHello, Payload } from '../../../src/simulation/network/connection';
import type { Network } from '../../../src/simulation/network/network';
import { meshOf } from '../../mesh/mesh-of';

/** What the sidecar of a workload does with what it sends out, in words short enough to compare. */
export interface TestedSidecar {
  /** Of a TCP connection to `address:port`: its clusters, with weights where there are several; `http` where requests are looked at. */
  tcp(destination: string): string;
  /** Of a TLS connection: the same. */
  tls(destination: string, sni: string): string;
  /** Of a request to `address:port`: its virtual host, then the cluster or status of each route. */
  http(destination: string, host: string): string;
  chain(destination: string, payload: Payload, tls?: readonly ClientHello[]): FilterChain | 'refused';
}

const payloads = {
  tcp: { kind: 'tcp', data: '' } as Payload,
  http: { kind: 'http' } as Payload,
};

/** The sidecar of a workload, `client.shop` unless another is named, in the mesh of a YAML text. */
export function sidecarOf(yaml: string, facts: MeshFacts, name = 'client.shop'): TestedSidecar {
  const mesh = meshOf(yaml, facts);
  const caller = findWorkload(mesh, name);
  if (caller === undefined) throw new Error(`no workload ${name}`);
  const chain: TestedSidecar['chain'] = (destination, payload, tls = []) => {
    const [ip, port] = destination.split(':') as [string, string];
    return outboundFilterChain({ mesh } as Network, caller, { sourceIp: caller.ip, destination: { ip, port: Number(port) }, tls, payload });
  };
  const hello = (sni: string): ClientHello => ({ sni, alpn: [], distrusts: () => undefined });
  return {
    chain,
    tcp: (destination) => connections(chain(destination, payloads.tcp)),
    tls: (destination, sni) => connections(chain(destination, payloads.tcp, [hello(sni)])),
    http: (destination, host) => {
      const found = chain(destination, payloads.http);
      return found === 'refused' || found.filter.kind === 'tcp' ? connections(found) : requests(found.filter.virtualHost(host));
    },
  };
}

function connections(chain: FilterChain | 'refused'): string {
  if (chain === 'refused') return chain;
  return chain.filter.kind === 'tcp' ? clusters(chain.filter.clusters) : 'http';
}

function requests(virtualHost: VirtualHost | undefined): string {
  return virtualHost === undefined ? 'none' : [virtualHost.name, ...virtualHost.routes.map(actionOf)].join(' ');
}

function actionOf({ action }: Route): string {
  return action.kind === 'forward' ? clusters(action.clusters) : String(action.status);
}

function clusters(weighted: readonly { readonly name: string; readonly weight: number }[]): string {
  return weighted.length === 1 ? (weighted[0]?.name as string) : weighted.map(({ name, weight }) => `${name}@${weight}`).join(',');
}
