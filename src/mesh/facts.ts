/** How an application answers, where it does not simply say what it received. */
export interface Behavior {
  /** The status of every answer, default 200. */
  readonly status?: number;
  /** How long each answer takes, in milliseconds. */
  readonly delayMs?: number;
  /** Every connection is reset. */
  readonly reset?: boolean;
  /** Nothing listens. */
  readonly down?: boolean;
  /** `extauthz`: answers 200 to requests with the header `x-ext-authz: allow`, 403 to others. */
  readonly mode?: 'extauthz';
}

/** A Kubernetes Service that no manifest brings. */
export interface ServiceFact {
  readonly name: string;
  /** @default - `default` */
  readonly namespace?: string;
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    /** A name is looked up in the workload's `containerPorts`; by default the port itself. */
    readonly targetPort?: number | string;
    readonly protocol?: string;
    readonly appProtocol?: string;
  }[];
  readonly selector?: Readonly<Record<string, string>>;
  /** `None` for a headless Service; an address is made up where none is given. */
  readonly clusterIP?: string;
  readonly type?: string;
  readonly externalName?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A pod or another workload that no manifest brings, or what is to be known of one that a manifest brings: those are matched by name and namespace. */
export interface WorkloadFact {
  readonly name: string;
  /** @default - `default` */
  readonly namespace?: string;
  /** @default - `app` with the name of the workload */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - `default` */
  readonly serviceAccount?: string;
  /** Whether a sidecar stands before it; by default yes, unless it is a gateway. */
  readonly sidecar?: boolean;
  /** Whether it is a gateway: a proxy without an application, chosen by its labels. */
  readonly gateway?: boolean;
  /** `region/zone/subzone` */
  readonly locality?: string;
  /** Made up where none is given. */
  readonly ip?: string;
  /** Ports of the application that no Service declares. */
  readonly ports?: readonly number[];
  /** Ports of containers by name. */
  readonly containerPorts?: Readonly<Record<string, number>>;
  /** Ports on which the application speaks TLS only. */
  readonly tlsPorts?: readonly number[];
  /** The names in the certificate of the application, default its own name. */
  readonly certHosts?: readonly string[];
  /** The authority that signed it; names are free, `public` is the one that everybody trusts. */
  readonly certCA?: string;
  /** @default - true */
  readonly ready?: boolean;
  /** Whether it is a Kubernetes pod, default true. */
  readonly pod?: boolean;
  readonly behavior?: Behavior;
}

/** A host outside the cluster that DNS knows. */
export interface ExternalFact {
  readonly host: string;
  readonly aliases?: readonly string[];
  /** @default - `[80]` */
  readonly ports?: readonly number[];
  readonly tlsPorts?: readonly number[];
  readonly ip?: string;
  readonly certHosts?: readonly string[];
  /** @default - `public` */
  readonly certCA?: string;
  readonly behavior?: Behavior;
}

/** A Secret with the certificate of a gateway. */
export interface SecretFact {
  readonly name: string;
  /** @default - `istio-system` */
  readonly namespace?: string;
  /** The names in the certificate. */
  readonly hosts?: readonly string[];
  /** The authority that signed it, default `public`. */
  readonly ca?: string;
  /** The authority whose client certificates MUTUAL accepts, default `public`. */
  readonly clientCA?: string;
  readonly cn?: string;
  /** Says that there is no such Secret, where Secrets that nobody lists are taken for granted. @default - false */
  readonly missing?: boolean;
}

/** A certificate file that a DestinationRule or a Gateway names. */
export interface FileFact {
  readonly ca?: string;
  readonly cn?: string;
  readonly hosts?: readonly string[];
  readonly missing?: boolean;
}

/**
 * What a mesh has that its manifests do not say. The same fields, with the same meanings, stand in traffic test files.
 */
export interface MeshFacts {
  /** Fields of MeshConfig over Istio's defaults: `outboundTrafficPolicy`, `enableAutoMtls`, `trustDomain`, `extensionProviders` and so on. */
  readonly mesh?: Readonly<Record<string, unknown>>;
  readonly services?: readonly ServiceFact[];
  readonly workloads?: readonly WorkloadFact[];
  readonly external?: readonly ExternalFact[];
  readonly secrets?: readonly SecretFact[];
  readonly files?: Readonly<Record<string, FileFact>>;
  /** Labels of namespaces. */
  readonly namespaces?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Objects without a creation time are as old as they stand in the input; by default all are equally old, and names decide. */
  readonly documentOrder?: boolean;
  /** Feature switches of istiod. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `listed`: DNS knows the Services and `external`, as in a traffic test file. `open`: it knows every other public name too, and something answers there.
   * @default - `open`
   */
  readonly dns?: 'listed' | 'open';
  /**
   * Who may refuse objects: the whole `cluster`, or `istiod` alone, as in recorded tests, which never met an API server.
   * @default - `cluster`
   */
  readonly validation?: 'cluster' | 'istiod';
  /**
   * Where proxies have the labels of their region and zone from, which `failoverPriority` and traffic distribution compare: from their `nodes`, as on a cluster, or from their
   * `pods` alone, as in recorded tests.
   * @default - `nodes`
   */
  readonly topology?: 'nodes' | 'pods';
}
