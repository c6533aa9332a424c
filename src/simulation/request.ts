import { isIp } from '../manifest/ip';
import type { Labels } from '../manifest/labels';

/** A caller that no manifest declares. */
export interface ClientFact {
  /** @default - `client` */
  readonly name?: string;
  /** @default - `default` */
  readonly namespace?: string;
  readonly labels?: Labels;
  /** @default - `default` */
  readonly serviceAccount?: string;
  /** Whether a sidecar stands before it. @default - true */
  readonly sidecar?: boolean;
  readonly ip?: string;
}

/** A construct of cdk8s, such as a Deployment or a Pod, or one of cdk8s-plus. */
export interface ConstructLike {
  readonly node: object;
}

/**
 * Who asks: the name of a workload (`reviews-v1`, or with its namespace `reviews-v1.bookinfo`) or of a Service, for the first workload behind it; a construct of either;
 * labels alone (`{ labels: { app: 'reviews' } }`) for the first workload that has them; `outside` for somebody outside the cluster; or a client that is described here
 * because no manifest declares it.
 */
export type Caller = string | ConstructLike | ClientFact;

/** What the caller itself does about TLS, for `https://` and `tls://`. */
export interface CallerTls {
  /** @default - the host of the URL; empty for none */
  readonly sni?: string;
  /** The authority that the caller trusts, default `public`. */
  readonly ca?: string;
  readonly cert?: { readonly ca: string; readonly cn?: string; readonly uri?: string };
  /** Trusts every server. */
  readonly insecure?: boolean;
  /** Whether the name in the certificate has to be that of the host, default true. */
  readonly checkHost?: boolean;
  readonly alpn?: readonly string[];
}

/** A request, as its caller makes it. */
export interface TrafficRequest {
  readonly from: Caller;
  /** `http://`, `https://` (TLS by the caller), `tcp://`, `tls://`; the port is that of the Service. The path is sent as written. */
  readonly to: string;
  /**
   * From outside: the gateway that is asked, as a workload or as a Gateway that selects it; by default the one that serves the host. Somebody inside asks a gateway by the name of its
   * Service.
   */
  readonly via?: Caller;
  /** @default - `GET` */
  readonly method?: string;
  /** By name; a list repeats the header, and one that is undefined is left out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string;
  readonly tls?: CallerTls;
  /** The payload of a token that counts as verified, in place of a real one: needs a RequestAuthentication that knows its `iss`. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The address to connect to, where the name has none. */
  readonly ip?: string;
  /** The address that somebody outside asks from. */
  readonly source?: string;
  /** How long the caller waits, in milliseconds. @default - 10000 */
  readonly timeoutMs?: number;
}

/** The parts of an URL as a caller uses them; the path is kept as written. */
export interface Target {
  readonly scheme: 'http' | 'https' | 'tcp' | 'tls';
  readonly host: string;
  readonly port: number;
  /** What goes into the Host header: the port is left out where it is the default of the scheme. */
  readonly authority: string;
  readonly path: string;
  readonly isTls: boolean;
}

const urlPattern = /^(https?|tcp|tls):\/\/(?:[^@/?#]*@)?(\[[^\]]+\]|[^:/?#]*)(?::(\d+))?([/?#].*)?$/is;

/**
 * Reads the URL of a request.
 * @throws TypeError for what is no URL with one of the four schemes
 */
export function parseTarget(url: string): Target {
  const [, written = '', name = '', number, rest = ''] = urlPattern.exec(url) ?? [];
  const isBracketed = name.startsWith('[');
  const host = (isBracketed ? name.slice(1, -1) : name).toLowerCase();
  const port = Number(number);
  if (host === '' || isBracketed !== (host.includes(':') && isIp(host)) || /[\s[\]]/.test(host) || (number !== undefined && (port < 1 || port > 65535))) {
    throw new TypeError(
      `${JSON.stringify(url)} is no URL to ask; write for example http://reviews.bookinfo:9080/path, https://..., tcp://host:port or tls://host:port`,
    );
  }
  const scheme = written.toLowerCase() as Target['scheme'];
  const isTls = scheme === 'https' || scheme === 'tls';
  const isDefault = number === undefined || (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443);
  return {
    scheme,
    host,
    port: number === undefined ? (isTls ? 443 : 80) : port,
    authority: isDefault ? name.toLowerCase() : `${name.toLowerCase()}:${port}`,
    path: rest.startsWith('/') ? rest : `/${rest}`,
    isTls,
  };
}
