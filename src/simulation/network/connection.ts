import type { HttpRequest, HttpResponse, Served } from '../envoy/http';

/** A certificate, as far as peers look at it. */
export interface Certificate {
  /** Who signed it: `mesh` is the authority of istiod, `public` the one that everybody trusts, others are free. */
  readonly ca: string;
  /** DNS names. */
  readonly hosts: readonly string[];
  /** A SPIFFE identity. */
  readonly uri?: string;
  readonly cn?: string;
}

/** The beginning of TLS, as the side that opens the connection does it. */
export interface ClientHello {
  /** Empty where none is sent. */
  readonly sni: string;
  readonly alpn: readonly string[];
  /** Shown when the server asks for one. */
  readonly certificate?: Certificate;
  /** Says why the caller does not trust the server; undefined when it does. */
  distrusts(server: Certificate): string | undefined;
}

/** What travels inside: a request, or bytes that are not HTTP. */
export type Payload = { readonly kind: 'http'; readonly request: HttpRequest } | { readonly kind: 'tcp'; readonly data: string };

/** A connection with its one request, as the side that accepts it sees it. */
export interface Connection {
  readonly sourceIp: string;
  readonly destination: { readonly ip: string; readonly port: number };
  /** TLS around the payload, the outermost first. */
  readonly tls: readonly ClientHello[];
  readonly payload: Payload;
  /** Whoever opens it keeps it for the next requests. @default - false */
  readonly isKept?: boolean;
}

/**
 * Why there is no answer:
 * - `refused`: nothing accepts the connection
 * - `handshake`: TLS did not come about, or was cut while it was tried
 * - `untrusted`: the caller does not trust the certificate of the server
 * - `reset`: the connection was accepted and cut before an answer
 * - `timeout`: nobody answered in time
 * - `dns`: the name is not known
 * - `protocol`: something answered that is not what was asked for
 */
export type Failure = 'refused' | 'handshake' | 'untrusted' | 'reset' | 'timeout' | 'dns' | 'protocol';

/** What comes back over a connection. Times are in milliseconds since the connection was opened. */
export type Reply =
  | { readonly kind: 'response'; readonly response: HttpResponse; readonly elapsed: number; readonly serverCertificate?: Certificate }
  | { readonly kind: 'bytes'; readonly server: Served; readonly elapsed: number; readonly serverCertificate?: Certificate }
  | {
      readonly kind: 'failure';
      readonly failure: Failure;
      readonly reason: string;
      readonly elapsed: number;
      readonly serverCertificate?: Certificate;
      /** The connection was closed in good order, which proxies do not take for a reset. @default - false */
      readonly isOrderly?: boolean;
      /** Only the request was reset, as HTTP/2 can, not its connection. @default - false */
      readonly isOfStream?: boolean;
      /** The TLS that did not come about; proxies tell by it whether it was their own or one that they only carried. */
      readonly hello?: ClientHello;
    };
