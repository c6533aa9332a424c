import { hasFeature } from '../../mesh/features';
import { giveUp } from './give-up';
import { copyRequest, type HttpRequest } from './http';
import type { Forward } from './route';
import type { Stream } from './stream';
import { attempt } from './upstream';

/** Sends copies of a request elsewhere, as its route says. Each is sent once, and nobody waits for the answers longer than for the request's own. */
export function sendMirrors(stream: Stream, sent: HttpRequest, { mirrors }: Forward, timeout: number): void {
  const { network, proxy, connection, peer } = stream;
  for (const { cluster: name, percentage, source } of mirrors) {
    if (!stream.journey.chance.happens(percentage)) {
      stream.note('mirror', `not mirrored to ${name}, as ${100 - percentage} % are`, source);
      continue;
    }
    const cluster = network.cluster(proxy, name);
    if (cluster === undefined) {
      stream.note('mirror', `not mirrored: the cluster ${name} does not exist`, source);
      continue;
    }
    stream.note('mirror', `mirrored to ${name}, as ${percentage} % are`, source);
    const request = copyRequest(sent);
    if (!hasFeature(network.mesh, 'DISABLE_SHADOW_HOST_SUFFIX', true)) request.authority = request.authority.replace(/^(.*?)(:\d+)?$/, '$1-shadow$2');
    const journey = stream.journey.mirror(name);
    const { reply } = attempt(network, journey, proxy, cluster, {
      destination: connection.destination,
      sourceIp: peer.remoteIp,
      tls: [],
      payload: { kind: 'http', request },
    });
    if (reply !== 'noHost' && reply.elapsed >= timeout) giveUp(journey.hops, 0);
  }
}
