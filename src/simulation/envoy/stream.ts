import type { Source } from '../../mesh/config-object';
import type { Workload } from '../../mesh/workload';
import { type ProxySettings, proxySettings } from '../istiod/proxy-settings';
import type { Hop, Journey } from '../journey';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import type { Decision, RunnerUp } from '../trace';
import type { FilterChain, HttpConnectionManager } from './configuration';
import type { Peer } from './filter';
import type { Headers, HttpRequest } from './http';
import type { Route, WeightedCluster } from './route';

/** One request on its way through one proxy: what is known of it so far. */
export class Stream {
  readonly manager: HttpConnectionManager;
  readonly settings: ProxySettings;
  readonly hop: Hop;
  /** The proxy's own copy; routes and filters look at it. */
  request: HttpRequest;
  /** As it goes on to a server, once a route has changed it. */
  sent: HttpRequest | undefined;
  peer: Peer;
  route: Route | undefined;
  /** Which of the route's clusters was drawn. */
  weighted: WeightedCluster | undefined;
  /** What filters add to the answer. */
  readonly filterHeaders: Headers[] = [];
  /** Milliseconds since the request arrived. */
  elapsed = 0;
  /** Address and port of the endpoint that answered. */
  upstreamHost = '';

  constructor(
    readonly network: Network,
    readonly journey: Journey,
    readonly proxy: Workload,
    readonly chain: FilterChain,
    readonly connection: Connection,
    request: HttpRequest,
    peer: Peer,
  ) {
    this.manager = chain.filter as HttpConnectionManager;
    this.settings = proxySettings(network.mesh)[this.manager.side];
    this.request = request;
    this.peer = peer;
    const sharesConnection = request.version === 'HTTP/2.0' && connection.isKept === true;
    this.hop = journey.hop({ proxy, side: this.manager.side, chain: chain.name, ...(sharesConnection && { sharesConnection }) });
    if (peer.certificate?.uri !== undefined) this.hop.peer = peer.certificate.uri;
  }

  /** Whether the connection to the proxy is in TLS that ends here. */
  get isTls(): boolean {
    return this.chain.tls !== undefined;
  }

  /** Adds a response flag, as the access log has them. */
  flag(flag: string): void {
    this.hop.flags = this.hop.flags === undefined ? flag : `${this.hop.flags},${flag}`;
  }

  note(decision: Decision, text: string, source?: Source, runnersUp?: () => readonly RunnerUp[]): void {
    this.journey.note({ decision, proxy: this.proxy, text, ...(source && { source }), ...(runnersUp && { runnersUp }) });
  }
}
