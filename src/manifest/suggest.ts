/** Names that people use for one another although no typing error leads from one to the other. Lower case, without separators. */
const synonyms: readonly (readonly string[])[] = [
  ['labels', 'matchlabels', 'selector', 'workloadselector'],
  ['matches', 'match', 'matchers', 'when', 'condition', 'conditions'],
  ['url', 'uri', 'path', 'paths'],
  ['domain', 'domains', 'hostname', 'hostnames', 'host', 'hosts', 'fqdn'],
  ['destination', 'destinations', 'route', 'routes', 'backend', 'backends', 'to', 'target', 'upstream'],
  ['targetref', 'targetrefs'],
  ['version', 'subset', 'subsets'],
  ['ratio', 'percent', 'percentage', 'weight'],
  ['retry', 'retries'],
  ['maxretries', 'attempts'],
  ['trytimeout', 'pertrytimeout'],
  ['verb', 'verbs', 'method', 'methods'],
  ['loadbalancing', 'loadbalancer', 'lb'],
  ['circuitbreaker', 'outlierdetection'],
  ['consecutiveerrors', 'consecutive5xxerrors', 'consecutivegatewayerrors'],
  ['secretname', 'secret', 'credentialname'],
  ['mirrorpercent', 'mirrorpercentage'],
  ['certificate', 'servercertificate', 'cacertificates', 'clientcertificate'],
  ['serviceaccount', 'serviceaccounts', 'principal', 'principals'],
  ['ip', 'ips', 'ipblock', 'ipblocks', 'cidr', 'address', 'addresses'],
  ['jwksurl', 'jwksuri', 'jwks'],
  ['action', 'mode', 'type'],
  ['ports', 'port', 'portnumber', 'number', 'targetport'],
  ['mtls', 'tls', 'ssl'],
  ['rewriteuri', 'rewrite'],
  ['delay', 'fixeddelay'],
  ['exportto', 'visibility'],
];

const groupsOf = new Map<string, number[]>();
for (const [group, names] of synonyms.entries()) {
  for (const name of names) {
    groupsOf.set(name, [...(groupsOf.get(name) ?? []), group]);
  }
}

/**
 * The name that was probably meant, or nothing when none is near: another case or separator (`match_labels`), one typing error or two in a long name,
 * singular for plural, or a name that people use for the same thing.
 *
 * @param written what stands there
 * @param known the names that would be right
 */
export function suggest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const cost = unlikeness(written, name);
    if (cost < bestCost) {
      best = name;
      bestCost = cost;
    }
  }
  return best;
}

/** How far apart two names are; infinite when one is no likely slip for the other. */
function unlikeness(written: string, name: string): number {
  const one = bare(written);
  const other = bare(name);
  if (written === name || one === '' || other === '') {
    return Number.POSITIVE_INFINITY;
  }
  if (one === other) {
    return 0;
  }
  if (singular(one) === singular(other)) {
    return 0.5;
  }
  const length = Math.max(one.length, other.length);
  const allowed = length <= 3 ? 1 : Math.max(1, Math.floor(length / 3));
  const edits = editDistance(one, other, Math.min(allowed, 3));
  if (edits <= Math.min(allowed, 3) && edits < Math.min(one.length, other.length)) {
    return edits;
  }
  const groups = groupsOf.get(one);
  return groups !== undefined && groupsOf.get(other)?.some((group) => groups.includes(group)) ? 2.5 : Number.POSITIVE_INFINITY;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '');
}

function singular(name: string): string {
  if (name.endsWith('ies')) {
    return `${name.slice(0, -3)}y`;
  }
  return name.replace(/(?:(?<=ss|sh|ch|x)es|(?<=[^s])s)$/, '');
}

/**
 * How many letters must be inserted, removed, changed or swapped with their neighbour to make one text of the other; more than `limit` is reported as
 * `limit + 1`.
 */
export function editDistance(one: string, other: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(one.length - other.length) > limit) {
    return limit + 1;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= other.length; column += 1) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      let cost = Math.min((last[column] as number) + 1, (current[column - 1] as number) + 1, (last[column - 1] as number) + changed);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] as number) + 1);
      }
      current.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) {
      return limit + 1;
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(last[other.length] as number, limit + 1);
}
