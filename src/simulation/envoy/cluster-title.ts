/** A cluster in words: `subset v1 of reviews.bookinfo.svc.cluster.local, port 9080`; clusters that no service has keep their name. */
export function clusterTitle(name: string): string {
  const [direction, port, subset, host] = name.split('|');
  if (direction !== 'outbound' || host === undefined) return name;
  return `${subset === '' ? '' : `subset ${subset} of `}${host}, port ${port}`;
}
