import { keyPath } from '../manifest/path';
import type { CheckContext, DecodedObject } from './context';
import { eachMessage, eachText, message, messages, number, text, texts } from './decoded';
import { localityRules as rules } from './rules/locality';

/** What stands beside the setting in the same policy. */
export interface LocalityOptions {
  /** Without outlier detection no endpoint is ever given up, so traffic never fails over. */
  readonly detectsOutliers: boolean;
}

const topologyLabels: ReadonlySet<string> = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']);

/** Checks `localityLbSetting`. */
export function checkLocalitySetting(setting: DecodedObject | undefined, path: string, options: LocalityOptions, context: CheckContext): void {
  if (setting === undefined) {
    return;
  }
  const failsOver = messages(setting.failover).length > 0;
  if (failsOver && messages(setting.distribute).length > 0) {
    context.report(rules.distributeAndFailover, `${path}.failover`, 'Traffic is either distributed over localities or fails over to others, but both are set.');
    return;
  }
  const topology = texts(setting.failoverPriority).findIndex((label) => topologyLabels.has(label));
  if (failsOver && topology >= 0) {
    const label = texts(setting.failoverPriority)[topology] as string;
    const message = `failover says already which regions follow one another, so ${label} cannot be a priority too.`;
    context.report(rules.topologyPriority, `${path}.failoverPriority[${topology}]`, message);
    return;
  }
  if (checkDistribution(setting, `${path}.distribute`, context)) {
    checkFailover(setting, path, options, context);
  }
}

/** Checks `zoneAwareLbSetting`. */
export function checkZoneAwareSetting(setting: DecodedObject | undefined, path: string, options: LocalityOptions, context: CheckContext): void {
  if (setting === undefined) {
    return;
  }
  eachText(setting.failoverPriority, `${path}.failoverPriority`, (label, labelPath) => {
    if (topologyLabels.has(label)) {
      context.report(rules.topologyPriorityZoneAware, labelPath, `Regions and zones are handled already, so ${label} cannot be a priority too.`);
    }
  });
  checkFailover(setting, path, options, context);
}

/** Returns whether the weights are right; istiod looks no further when they are not. */
function checkDistribution(setting: DecodedObject, path: string, context: CheckContext): boolean {
  let weighted = true;
  eachMessage(setting.distribute, path, (entry, entryPath) => {
    weighted = checkWeights(entry, `${entryPath}.to`, context) && weighted;
    const targets = Object.keys(message(entry.to) ?? {}).map((locality) => ({ locality, path: keyPath(`${entryPath}.to`, locality) }));
    checkLocalities(targets, false, context);
  });
  const sources = messages(setting.distribute).map((entry, index) => ({ locality: text(entry.from), path: `${path}[${index}].from` }));
  checkLocalities(sources, true, context);
  return weighted;
}

function checkWeights(entry: DecodedObject, path: string, { report }: CheckContext): boolean {
  let inRange = true;
  let total = 0;
  for (const [locality, value] of Object.entries(message(entry.to) ?? {})) {
    const weight = number(value);
    total += weight;
    if (weight < 1 || weight > 100) {
      inRange = false;
      report(rules.weight, keyPath(path, locality), `${locality} gets ${weight} % of the traffic, but a weight is from 1 to 100.`);
    }
  }
  if (inRange && total !== 100) {
    report(rules.weight, path, `The weights of the localities add up to ${total} instead of 100.`);
  }
  return inRange && total === 100;
}

interface Locality {
  readonly locality: string;
  readonly path: string;
}

/**
 * Checks that localities are well-formed and none is covered by another.
 *
 * @param ordered whether a wildcard may follow what it covers. Targets have no order, and istiod looks at them in a random one: it may accept what it
 *   refuses a moment later.
 */
function checkLocalities(localities: readonly Locality[], ordered: boolean, { report }: CheckContext): void {
  const earlier: string[] = [];
  for (const { locality, path } of localities) {
    const problem = localityProblem(locality);
    if (problem !== undefined) {
      report(rules.malformed, path, `The locality ${locality === '' ? '' : `"${locality}" `}${problem}.`);
      continue;
    }
    const overlapping = earlier.find((other) => covers(other, locality) || (covers(locality, other) && !(ordered && endsWithWildcard(locality))));
    if (overlapping !== undefined) {
      report(rules.overlap, path, `${locality} and ${overlapping} have localities in common.`);
    }
    earlier.push(locality);
  }
}

function localityProblem(locality: string): string | undefined {
  if (locality === '') {
    return 'is missing';
  }
  if (locality.slice(0, -1).includes('*')) {
    return 'has a wildcard that is not its last character';
  }
  // Whatever follows the second slash belongs to the subzone.
  return locality.split('/').slice(0, 2).includes('') || /^[^/]*\/[^/]*\/$/.test(locality) ? 'has an empty region, zone or subzone' : undefined;
}

function endsWithWildcard(locality: string): boolean {
  return segmentsOf(locality).at(-1) === '*';
}

/** Region, zone and subzone. */
function segmentsOf(locality: string): string[] {
  const [region, zone, ...subzone] = locality.split('/') as [string, ...string[]];
  return [region, ...(zone === undefined ? [] : [zone]), ...(subzone.length === 0 ? [] : [subzone.join('/')])];
}

/** Whether the first of two well-formed localities contains the second. */
function covers(one: string, other: string): boolean {
  const [prefix, covered] = [one, other].map((locality) => segmentsOf(locality).filter((segment, index, all) => index < all.length - 1 || segment !== '*')) as [
    string[],
    string[],
  ];
  return prefix.every((segment, index) => segment === covered[index]);
}

function checkFailover(setting: DecodedObject, path: string, { detectsOutliers }: LocalityOptions, { report }: CheckContext): void {
  const given = ['failover', 'failoverPriority'].find((field) => setting[field] !== undefined);
  if (given !== undefined && !detectsOutliers) {
    report(rules.failoverWithoutOutlierDetection, `${path}.${given}`, 'Without outlierDetection in the same policy, traffic never fails over.');
  }
  eachMessage(setting.failover, `${path}.failover`, (entry, entryPath) => {
    const from = text(entry.from);
    const to = text(entry.to);
    if (from === to) {
      const what = from === '' ? 'The failover names no regions' : `The region ${from} fails over to itself`;
      report(rules.sameRegion, `${entryPath}.to`, `${what}.`);
    }
    for (const [field, region] of Object.entries({ from, to })) {
      if (/[/*]/.test(region)) {
        report(rules.notRegion, `${entryPath}.${field}`, `Traffic fails over from one region to another, but "${region}" is more or less than a region.`);
      }
    }
  });
}
