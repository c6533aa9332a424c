import type { Source } from '../../mesh/config-object';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { Connection, Reply } from '../network/connection';
import type { Network } from '../network/network';
import type { FilterChain, Peer, TcpProxy } from './configuration';
import { attempt } from './upstream';

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
  // A connection to the cluster is begun before the first byte, at which filters look.
  for (const each of filter.filters) {
    const verdict = each.apply({ network, journey, proxy, peer });
    if (verdict.kind === 'close') {
      if (verdict.flags !== undefined) hop.flags = verdict.flags;
      if (verdict.details !== undefined) hop.details = verdict.details;
      return cut('the connection is closed by a policy', connection);
    }
  }
  const { reply, hello } = attempt(network, journey, proxy, cluster, { ...connection, isOpaque: true });
  if (reply === 'noHost') {
    hop.flags = 'UH';
    return cut(cluster.type === 'blackhole' ? 'the mesh lets no traffic out to hosts that it does not know' : 'no endpoint is there', connection);
  }
  if (reply.kind !== 'failure') return reply;
  // TLS of the caller's that was only carried fails at the caller; everything else is a connection that was accepted and is cut.
  const isAccepted = reply.failure !== 'refused' && reply.failure !== 'timeout';
  if (isAccepted && reply.hello !== undefined && reply.hello !== hello) return reply;
  if (reply.failure === 'reset') {
    // A policy beyond closes in good order within TLS, which leaves no mark; what an application resets is reset all the way.
    if (hello === undefined || journey.hops.at(-1)?.flags === 'UR') hop.flags = 'UR';
  } else if (reply.failure !== 'protocol') {
    hop.flags = 'UF,URX';
  }
  return cut(reply.reason, connection);
}

/** A connection that is closed after it was accepted; to a caller that is in the middle of TLS this is a failed handshake. */
function cut(reason: string, connection: Connection): Reply {
  const [hello] = connection.tls;
  return hello === undefined ? { kind: 'failure', failure: 'reset', reason, elapsed: 0 } : { kind: 'failure', failure: 'handshake', reason, elapsed: 0, hello };
}

function sourceOf(source: Source | undefined): { readonly source?: Source } {
  return source === undefined ? {} : { source };
}
