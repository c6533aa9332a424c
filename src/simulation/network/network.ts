import type { MeshModel } from '../../mesh/model';
import type { Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/cluster';
import type { Journey } from '../journey';
import type { Connection, Reply } from './connection';

/** What connects everything: whoever has an address takes the connections to it. */
export interface Network {
  readonly mesh: MeshModel;
  /** Lets the owner of the destination address take a connection: a sidecar, a gateway, an application, a host outside. */
  connect(journey: Journey, connection: Connection): Reply;
  /** A cluster of a proxy by its name; nothing where istiod would not send one. */
  cluster(proxy: Workload, name: string): Cluster | undefined;
}
