import type { KubernetesObject } from '../../manifest/manifest';
import type { MeshFacts } from '../../mesh/facts';
import type { CallerTls } from '../request';

/** A value of `expect`: a plain value that has to be equal, `{ min, max }`, `{ regex }`, `{ oneOf: [...] }`, or an object of which every field has to fit. `null` means absent. */
export type Expected = unknown;

/** One call of a traffic test. */
export interface TrafficCall {
  readonly id?: string;
  /** A workload, `name` or `name.namespace`; or `outside`. */
  readonly from: string;
  /** From outside: the gateway workload that is asked. */
  readonly via?: string;
  /** `http://`, `https://`, `tcp://` or `tls://`. */
  readonly url: string;
  readonly method?: string;
  /** By name; a list repeats the header. Pairs of name and value are accepted too. */
  readonly headers?: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[];
  readonly body?: string;
  readonly tls?: Omit<CallerTls, 'sni'> & { readonly sni?: string | null };
  /** The address to connect to, where DNS has no answer. */
  readonly ip?: string;
  /** The address that somebody outside asks from. */
  readonly source?: string;
  /** How often the call is made; from 2 on, the result holds numbers. */
  readonly count?: number;
  readonly keepAlive?: boolean;
  readonly timeoutMs?: number;
  readonly waitMs?: number;
  /** The payload of a token that counts as verified. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly observe?: readonly string[];
  /** What the result has to hold, by path. */
  readonly expect?: Readonly<Record<string, Expected>>;
}

/** One traffic test: a mesh, and calls with what is expected of them. */
export interface TrafficCase extends MeshFacts {
  readonly name: string;
  readonly description?: string;
  /** Manifests: objects, or YAML text with any number of documents. */
  readonly istio?: readonly KubernetesObject[] | string | null;
  /** Manifests in files: paths of files and folders, or globs, relative to the test file. */
  readonly manifests?: string | readonly string[];
  readonly calls?: readonly TrafficCall[];
  /** `Kind/name` of objects that a cluster has to refuse; without it, any refusal is a difference. */
  readonly expectRejected?: readonly string[];
  /** `Kind/name` of objects about which there have to be warnings. */
  readonly expectWarned?: readonly string[];
}
