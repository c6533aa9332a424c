import { isListed, ownerOf } from '../../mesh/addresses';
import { missingPort } from '../../mesh/dns';
import type { MeshModel } from '../../mesh/model';
import type { Service } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/cluster';
import { handleConnection } from '../envoy/proxy';
import { findCluster } from '../istiod/clusters';
import { gatewayFilterChain, gatewayServersPassedOver } from '../istiod/gateway';
import { inboundFilterChain } from '../istiod/inbound';
import { outboundFilterChain } from '../istiod/outbound';
import type { Journey } from '../journey';
import { applicationReply } from './application';
import { externalApplication, isOpenInTest, type Pod, podsBehind, workloadApplication } from './applications';
import type { Connection, Reply } from './connection';
import type { Network } from './network';

/** The network of a mesh: every address leads to whoever has it. */
export class MeshNetwork implements Network {
  constructor(readonly mesh: MeshModel) {}

  cluster(proxy: Workload, name: string): Cluster | undefined {
    return findCluster(this.mesh, proxy, name);
  }

  /** Opens a connection as a workload does: through its sidecar, where it has one. */
  open(journey: Journey, caller: Workload | undefined, connection: Connection): Reply {
    if (caller?.proxy !== 'sidecar') return this.openPlainly(journey, connection);
    return handleConnection(this, journey, caller, 'outbound', outboundFilterChain(this, caller, connection), connection);
  }

  /** In the world of a test file something accepts connections to a port of a Service before it is known whether anybody is behind it: a caller is cut off, not refused. */
  private openPlainly(journey: Journey, connection: Connection): Reply {
    const reply = this.connect(journey, connection);
    if (reply.kind !== 'failure' || reply.failure !== 'refused' || !isListed(this.mesh)) return reply;
    const owner = ownerOf(this.mesh, connection.destination.ip);
    const isAccepted = owner?.kind === 'service' && owner.service.ports.some(({ number }) => number === connection.destination.port);
    return isAccepted ? { ...reply, failure: connection.tls.length > 0 ? 'handshake' : 'reset' } : reply;
  }

  connect(journey: Journey, connection: Connection): Reply {
    const { ip } = connection.destination;
    const owner = ownerOf(this.mesh, ip);
    switch (owner?.kind) {
      case 'workload':
        return this.toWorkload(journey, owner.workload, connection);
      case 'external':
        return applicationReply(externalApplication(owner.external), journey, connection);
      case 'service':
        return this.toService(journey, owner.service, connection);
      default:
        return refused(`nobody has the address ${ip}`, connection);
    }
  }

  /** The address of a Service leads to one of its pods. */
  private toService(journey: Journey, service: Service, connection: Connection): Reply {
    const { port } = connection.destination;
    const targets = podsBehind(this.mesh, service, port);
    if (targets.length === 0)
      return refused(missingPort(this.mesh, service.hostname, undefined, port) ?? `nothing is behind port ${port} of ${service.hostname}`, connection);
    if (!isListed(this.mesh)) return this.toPod(journey, journey.chance.pick(targets), connection);
    // A test file names the pods, and its calls have one answer: connections go to them in turn, as those of the recordings do.
    const address = `${connection.destination.ip}:${port}`;
    const keeper = connection.isKept ? connection.sourceIp : undefined;
    const { value } = targets[journey.memory.connection(address, keeper) % targets.length] as (typeof targets)[number];
    if (targets.length === 1) return this.toPod(journey, value, connection);
    journey.memory = journey.memory.connected(address, keeper);
    const reply = this.toPod(journey, value, connection);
    if (keeper !== undefined && reply.kind === 'failure') journey.memory = journey.memory.disconnected(address, keeper);
    return reply;
  }

  private toPod(journey: Journey, { workload, port }: Pod, connection: Connection): Reply {
    return this.toWorkload(journey, workload, { ...connection, destination: { ip: workload.ip, port } });
  }

  private toWorkload(journey: Journey, workload: Workload, connection: Connection): Reply {
    switch (workload.proxy) {
      case 'sidecar':
        if (isListed(this.mesh) && !isOpenInTest(this.mesh, workload, connection.destination.port)) {
          return refused(`${workload.name} has no port ${connection.destination.port}`, connection);
        }
        return handleConnection(this, journey, workload, 'inbound', inboundFilterChain(this, workload, connection), connection);
      case 'gateway': {
        const acceptance = gatewayFilterChain(this, workload, connection);
        if (typeof acceptance === 'string') {
          const { port } = connection.destination;
          const text = acceptance === 'refused' ? `nothing listens on port ${port}` : `no server of port ${port} takes the connection`;
          journey.note({ decision: 'listener', proxy: workload, text, runnersUp: () => gatewayServersPassedOver(this, workload, connection) });
        }
        return handleConnection(this, journey, workload, 'gateway', acceptance, connection);
      }
      case 'none':
        return applicationReply(workloadApplication(this.mesh, workload), journey, connection);
    }
  }
}

function refused(reason: string, { tls: [hello] }: Connection): Reply {
  return { kind: 'failure', failure: 'refused', reason, elapsed: 0, ...(hello === undefined ? {} : { hello }) };
}
