import type { MeshFacts } from '../../../src/mesh/facts';
import type { Workload } from '../../../src/mesh/workload';
import { findWorkload } from '../../../src/mesh/workloads';
import { possibilities } from '../../../src/simulation/chance';
import type { FilterContext, NetworkVerdict, Peer, Verdict } from '../../../src/simulation/envoy/filter';
import { Headers, type HttpRequest } from '../../../src/simulation/envoy/http';
import type { Side } from '../../../src/simulation/envoy/side';
import { httpFilters, networkFilters } from '../../../src/simulation/istiod/authorization';
import { Journey } from '../../../src/simulation/journey';
import { MeshNetwork } from '../../../src/simulation/network/mesh-network';
import type { TraceStep } from '../../../src/simulation/trace';
import { meshOf } from '../../mesh/mesh-of';

/** A policy for the workload `server` of `shop`. */
export const policy = (spec: string, { name = 'p', namespace = 'shop', kind = 'AuthorizationPolicy', metadata = '' } = {}): string =>
  `\napiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace}${metadata} }\nspec: { ${spec} }\n---\n`;

const facts: MeshFacts = {
  workloads: [
    { name: 'server', namespace: 'shop' },
    { name: 'check', namespace: 'sec', sidecar: false, behavior: { mode: 'extauthz' } },
  ],
  services: [{ name: 'check', namespace: 'sec', ports: [{ name: 'http', port: 9191 }], selector: { app: 'check' } }],
};

/** A request as a test writes it. */
export interface Asked {
  readonly method?: string;
  readonly authority?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly peer?: Partial<Peer>;
  readonly hasRoute?: boolean;
}

export interface Passed {
  readonly verdict: Verdict;
  /** The request behind the filters. */
  readonly request: HttpRequest;
  readonly trace: readonly TraceStep[];
  readonly context: FilterContext;
}

const somebody: Peer = {
  ip: '10.0.0.1',
  remoteIp: '20.0.0.1',
  sni: 'server.shop',
  destination: { ip: '127.1.0.1', port: 8080 },
  certificate: { ca: 'mesh', hosts: [], uri: 'spiffe://cluster.local/ns/shop/sa/web' },
};

/** Nobody: a caller that shows no certificate. */
export const plaintext: Partial<Peer> = { certificate: undefined as never };

/** A mesh whose `server` is asked again and again. */
export class Server {
  private readonly network: MeshNetwork;
  private readonly workload: Workload;

  constructor(yaml: string, more: MeshFacts = {}) {
    this.network = new MeshNetwork(meshOf(yaml || '{}', { ...facts, ...more }));
    this.workload = findWorkload(this.network.mesh, 'server') as Workload;
  }

  /** Sends a request through all filters of the inbound side. */
  ask({ method = 'GET', authority = 'server.shop', path = '/', headers = {}, body = '', claims, peer = {}, hasRoute }: Asked = {}): Passed {
    const request: HttpRequest = {
      method,
      scheme: 'http',

      authority,
      path,
      headers: Headers.of(headers),
      body,
      ...(claims && { claims }),
    };
    const context = { ...this.context(peer), ...(hasRoute === undefined ? {} : { hasRoute: () => hasRoute }) };
    let verdict: Verdict = { kind: 'pass' };
    for (const filter of httpFilters(this.network, this.workload, 'inbound')) {
      verdict = filter.apply(request, context);
      if (verdict.kind === 'answer') break;
    }
    return { verdict, request, trace: context.journey.trace, context };
  }

  /** The status of the answer, 200 for a request that passes. */
  status(asked?: Asked): number {
    const { verdict } = this.ask(asked);
    return verdict.kind === 'pass' ? 200 : verdict.status;
  }

  /** Sends a connection that is no request through the filters. */
  connect(peer: Partial<Peer> = {}): NetworkVerdict {
    const context = this.context(peer);
    for (const filter of networkFilters(this.network, this.workload, 'inbound')) {
      const verdict = filter.apply(context);
      if (verdict.kind === 'close') return verdict;
    }
    return { kind: 'pass' };
  }

  /** The names of all filters of a side. */
  filters(side: Side): string[] {
    return [...httpFilters(this.network, this.workload, side), ...networkFilters(this.network, this.workload, side)].map(({ name }) => name);
  }

  private context(peer: Partial<Peer>): FilterContext {
    const [journey] = possibilities((chance) => new Journey(chance));
    return { network: this.network, journey: (journey as { value: Journey }).value, proxy: this.workload, peer: { ...somebody, ...peer } };
  }
}
