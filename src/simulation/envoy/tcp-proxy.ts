import type { Source } from '../../mesh/config-object';
import type { Workload } from '../../mesh/workload';
import { Journey } from '../journey';
import type { ClientHello, Connection, Reply } from '../network/connection';
import type { Network } from '../network/network';
import type { FilterChain, TcpProxy } from './configuration';
import type { FilterContext, NetworkFilter, NetworkVerdict, Peer } from './filter';
import { type Attempt, attempt } from './upstream';

/** Forwards a connection as it is, once the filters have let it pass. */
export function handleTcp(network: Network, journey: Journey, proxy: Workload, chain: FilterChain, connection: Connection, peer: Peer): Reply {
  const filter = chain.filter as TcpProxy;
  const hop = journey.hop({ proxy, side: filter.side, chain: chain.name, ...(peer.certificate?.uri === undefined ? {} : { peer: peer.certificate.uri }) });
  const weighted = filter.clusters.length === 0 ? undefined : journey.chance.pick(filter.clusters.map((value) => ({ value, weight: value.weight })));
  if (weighted === undefined) return cut('no route takes the connection', connection);
  const cluster = network.cluster(proxy, weighted.name);
  if (cluster === undefined) {
    hop.flags = 'NC';
    journey.note({ decision: 'destination', proxy, text: `the cluster ${weighted.name} does not exist`, ...sourceOf(weighted.source ?? filter.source) });
    return cut(`the cluster ${weighted.name} does not exist`, connection);
  }
  hop.cluster = weighted.name;
  const closed = closing(filter.filters, { network, journey, proxy, peer });
  // Filters look at the first byte, which is read once the connection to the cluster stands: whoever takes it notes it, and one that fails shows all the same.
  const onward = closed === undefined ? journey : new Journey(journey.chance, journey.memory);
  const { reply, hello } = attempt(network, onward, proxy, cluster, { ...connection, isOpaque: true });
  if (closed !== undefined) {
    for (const { proxy, side, chain, peer } of onward.hops) journey.hop({ proxy, side, ...(chain && { chain }), ...(peer && { peer }) });
    if (stands(reply, hello)) {
      if (closed.flags !== undefined) hop.flags = closed.flags;
      if (closed.details !== undefined) hop.details = closed.details;
      if (closed.termination !== undefined) hop.termination = closed.termination;
      return { ...cut('the connection is closed by a policy', connection), isOrderly: true };
    }
  }
  if (reply === 'noHost') {
    hop.flags = 'UH';
    return cut(cluster.type === 'blackhole' ? 'the mesh lets no traffic out to hosts that it does not know' : 'no endpoint is there', connection);
  }
  if (reply.kind !== 'failure' || reply.failure === 'timeout') return reply;
  // TLS of the caller's that was only carried fails at the caller; everything else is a connection that was accepted and is cut.
  if (reply.failure !== 'refused' && reply.hello !== undefined && reply.hello !== hello) return reply;
  // What answered in another protocol did answer.
  if (reply.failure === 'protocol') return reply;
  if (reply.failure === 'reset') {
    // A policy beyond closes in good order, which leaves no mark, and so does a reset within TLS; what an application resets is reset all the way.
    if (!reply.isOrderly && (hello === undefined || journey.hops.at(-1)?.flags === 'UR')) hop.flags = 'UR';
  } else {
    hop.flags = 'UF,URX';
  }
  return cut(reply.reason, connection);
}

/** Whether a proxy got as far as to send, which includes its own TLS. */
function stands(reply: Attempt['reply'], hello: ClientHello | undefined): boolean {
  if (reply === 'noHost') return false;
  if (reply.kind !== 'failure') return true;
  const isOwnHandshake = reply.failure === 'handshake' && reply.hello !== undefined && reply.hello === hello;
  return reply.failure !== 'refused' && !isOwnHandshake;
}

/** What the first filter says that closes the connection. */
function closing(filters: readonly NetworkFilter[], context: FilterContext): Extract<NetworkVerdict, { readonly kind: 'close' }> | undefined {
  for (const filter of filters) {
    const verdict = filter.apply(context);
    if (verdict.kind === 'close') return verdict;
  }
  return undefined;
}

/** A connection that is closed after it was accepted; to a caller that is in the middle of TLS this is a failed handshake. */
function cut(reason: string, connection: Connection): Extract<Reply, { readonly kind: 'failure' }> {
  const [hello] = connection.tls;
  return hello === undefined ? { kind: 'failure', failure: 'reset', reason, elapsed: 0 } : { kind: 'failure', failure: 'handshake', reason, elapsed: 0, hello };
}

function sourceOf(source: Source | undefined): { readonly source?: Source } {
  return source === undefined ? {} : { source };
}
