/** Where an answered request ended. */
export interface Destination {
  /** The workload that answered, or the host outside the cluster. */
  readonly workload: string;
  readonly namespace?: string;
  /** The host that the last proxy before it sent it to: `reviews.bookinfo.svc.cluster.local`; absent where none did. */
  readonly host?: string;
  readonly subset?: string;
}
