import type { Labels } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import type { Protocol } from '../manifest/port';
import type { Locality, Workload } from './workload';

/** A port of a service of the mesh. */
export interface MeshPort {
  readonly name: string;
  readonly number: number;
  /** Nothing means that the traffic is looked at to tell HTTP from TCP. */
  readonly protocol: Protocol | undefined;
  /** For a ServiceEntry without resolution: the port to which connections go instead of the one that the caller chose. */
  readonly targetPort?: number;
}

/** One address behind a port of a service. */
export interface Endpoint {
  /** An IP address, or for DNS resolution a host name. */
  readonly address: string;
  readonly port: number;
  readonly labels: Labels;
  readonly locality: Locality;
  /** Relative to the other endpoints. */
  readonly weight: number;
  readonly serviceAccount: string;
  readonly namespace: string;
  /** Whether it accepts Istio's mutual TLS: label `security.istio.io/tlsMode`. */
  readonly tlsMode: 'istio' | 'disabled';
  readonly healthy: boolean;
  /** The workload with that address, where the mesh has one. */
  readonly workload?: Workload;
}

/** How the endpoints of a service are found, in the words of a ServiceEntry; Services of Kubernetes are `STATIC`, headless ones `NONE`. */
export type Resolution = 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS' | 'ALIAS';

/** One host that callers can name: a Service of Kubernetes, or one host of a ServiceEntry. */
export interface Service {
  /** `reviews.bookinfo.svc.cluster.local`, or a host of a ServiceEntry, which may begin with `*`. */
  readonly hostname: string;
  /** Name and namespace of the object that declares it. */
  readonly name: string;
  readonly namespace: string;
  readonly registry: 'Kubernetes' | 'External';
  readonly resolution: Resolution;
  readonly isHeadless: boolean;
  readonly isMeshExternal: boolean;
  /** IP addresses or CIDR blocks; empty where it has none (headless, or a ServiceEntry without addresses). */
  readonly addresses: readonly string[];
  readonly ports: readonly MeshPort[];
  /** Namespaces that see it: `*`, `~` or names; `.` is resolved already. */
  readonly exportTo: ReadonlySet<string>;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly createdAt: number;
  readonly subjectAltNames: readonly string[];
  /** The host that an ExternalName Service stands for. */
  readonly externalName?: string;
  /** The object that declares it, where it is one of the manifests. */
  readonly manifest?: Manifest;
  /** What stands behind a port, by its number; computed once. */
  endpoints(port: number): readonly Endpoint[];
}
