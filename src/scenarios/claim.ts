import type { MeshFacts, ServiceFact, WorkloadFact } from '../mesh/facts';

// What a cluster has beside the manifests of a scenario is said in the words of the facts of a mesh.
export type { Behavior, ExternalFact as ExternalHost, ServiceFact as ClusterService, WorkloadFact as ClusterWorkload } from '../mesh/facts';

/** A request and what must come of it. */
export interface Call {
  /** The workload that asks, or `outside` for a caller without identity. */
  readonly from: string;
  /** From outside: the gateway workload that is asked. */
  readonly via?: string;
  /** `http://`, `https://`, `tcp://` or `tls://`; the port is that of the Service. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** What the caller itself does about TLS. */
  readonly tls?: {
    readonly sni?: string;
    readonly ca?: string;
    readonly cert?: { readonly ca: string; readonly cn?: string; readonly uri?: string };
    readonly insecure?: boolean;
    readonly checkHost?: boolean;
    readonly alpn?: readonly string[];
  };
  /** The address to ask where DNS has no answer. */
  readonly ip?: string;
  /** The address that the caller asks from. */
  readonly source?: string;
  /** Asked so many times, to measure shares. */
  readonly count?: number;
  readonly keepAlive?: boolean;
  readonly timeoutMs?: number;
  readonly waitMs?: number;
  /** Facts of the answer by name: equal values, or `{ min, max }`, `{ regex }`, `{ oneOf }`, or a part of an object; `null` means absent. */
  readonly expect: Readonly<Record<string, unknown>>;
}

/**
 * What traffic must do once a step of a scenario is applied: calls with expectations, in the words of a traffic test case.
 * The Services, Deployments and Istio objects are those of the step; what stands here is what the cluster has beside them.
 */
export interface Claim extends Pick<MeshFacts, 'mesh' | 'services' | 'workloads' | 'external' | 'secrets'> {
  /** The claim itself, as a sentence. */
  readonly name: string;
  /** The id of the step that it is about; by default the last one. */
  readonly step?: string;
  /** Props of the step's chart, where the claim is not about the defaults. */
  readonly props?: Readonly<Record<string, unknown>>;
  readonly calls: readonly Call[];
  /** Why no traffic test can judge it, where that is so; it then has no calls. */
  readonly notJudged?: string;
}

/** A gateway that the installation of Istio brings. */
type GatewayOfCluster = Required<Pick<Claim, 'services' | 'workloads'>>;

/** The ingress gateway of an ordinary installation. */
export const ingressGateway: GatewayOfCluster = {
  services: [gatewayService('istio-ingressgateway', 'ingressgateway')],
  workloads: [gatewayWorkload('istio-ingressgateway', 'ingressgateway')],
};

/** The egress gateway of an ordinary installation. */
export const egressGateway: GatewayOfCluster = {
  services: [gatewayService('istio-egressgateway', 'egressgateway')],
  workloads: [gatewayWorkload('istio-egressgateway', 'egressgateway')],
};

/** The mesh setting that refuses hosts which no Service and no ServiceEntry knows. */
export const registryOnly: Pick<Claim, 'mesh'> = { mesh: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } };

function gatewayService(name: string, istio: string): ServiceFact {
  return {
    name,
    namespace: 'istio-system',
    selector: { istio },
    ports: [
      { name: 'http2', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ],
  };
}

function gatewayWorkload(name: string, istio: string): WorkloadFact {
  return { name, namespace: 'istio-system', labels: { app: name, istio }, serviceAccount: `${name}-service-account`, gateway: true };
}

/** A request from outside the cluster to the ingress gateway. */
export function throughIngress(url: string, expect: Call['expect'], request: Partial<Call> = {}): Call {
  return { from: 'outside', via: 'istio-ingressgateway', url, ...request, expect };
}

/**
 * How many of `count` requests reach each workload, as ranges five standard deviations wide.
 * @param shares of each workload, from 0 to 1
 */
export function distribution(count: number, shares: Readonly<Record<string, number>>): Record<string, number | { min: number; max: number }> {
  return Object.fromEntries(Object.entries(shares).map(([workload, share]) => [workload, within(count, share)]));
}

/** The range of a number of requests that happens with a probability, five standard deviations wide. */
export function within(count: number, probability: number): number | { min: number; max: number } {
  if (probability === 1) return count;
  const mean = count * probability;
  const width = 5 * Math.sqrt(mean * (1 - probability));
  return { min: Math.max(0, Math.floor(mean - width)), max: Math.min(count, Math.ceil(mean + width)) };
}
