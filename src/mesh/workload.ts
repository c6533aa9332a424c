import type { Labels } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import type { Behavior } from './facts';

/** Where something runs; empty where unknown. */
export interface Locality {
  readonly region: string;
  readonly zone: string;
  readonly subzone: string;
}

/** What runs behind one address: the pods of one pod template, a single pod, a gateway, or a machine outside Kubernetes. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** The labels of the pods. */
  readonly labels: Labels;
  readonly serviceAccount: string;
  /** The proxy that its traffic passes. */
  readonly proxy: 'sidecar' | 'gateway' | 'none';
  /** The one address that stands for all replicas. */
  readonly ip: string;
  readonly locality: Locality;
  /** Ports of the containers by name. */
  readonly containerPorts: ReadonlyMap<string, number>;
  /** Ports on which the application listens and that no Service may declare. */
  readonly ports: readonly number[];
  readonly tlsPorts: readonly number[];
  readonly certHosts: readonly string[];
  readonly certCA: string;
  readonly ready: boolean;
  /** False for machines outside Kubernetes. */
  readonly isPod: boolean;
  readonly behavior: Behavior;
  /** How many pods share its part of the traffic; 0 for a template scaled to nothing. */
  readonly replicas: number;
  /** The object that declares it, where one does. */
  readonly manifest?: Manifest;
}

/** The identity that its certificate states, `spiffe://cluster.local/ns/shop/sa/cart`. */
export function spiffeIdentity(trustDomain: string, namespace: string, serviceAccount: string): string {
  return `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}
