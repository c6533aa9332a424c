import type { CheckContext, DecodedObject } from './context';
import { eachMessage, message, number, text } from './decoded';
import { checkLocalitySetting, checkZoneAwareSetting, type LocalityOptions } from './locality';
import { loadBalancerRules as rules } from './rules/load-balancer';
import { checkDuration } from './values';

/** The largest table that Envoy allows for Maglev is below this prime. */
const MAGLEV_TABLE_LIMIT = 5_000_011;

/** Checks the load balancer of a traffic policy. */
export function checkLoadBalancer(balancer: DecodedObject | undefined, path: string, options: LocalityOptions, context: CheckContext): void {
  if (balancer === undefined) {
    return;
  }
  checkConsistentHash(message(balancer.consistentHash), `${path}.consistentHash`, context);
  const locality = message(balancer.localityLbSetting);
  const zoneAware = message(balancer.zoneAwareLbSetting);
  if (locality !== undefined && zoneAware !== undefined) {
    context.report(rules.twoLocalitySettings, `${path}.zoneAwareLbSetting`, 'Both localityLbSetting and zoneAwareLbSetting say how localities are used.');
  }
  checkLocalitySetting(locality, `${path}.localityLbSetting`, options, context);
  checkZoneAwareSetting(zoneAware, `${path}.zoneAwareLbSetting`, options, context);
  checkWarmup(message(balancer.warmup), `${path}.warmup`, context);
}

function checkConsistentHash(hash: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (hash === undefined) {
    return;
  }
  checkCookie(message(hash.httpCookie), `${path}.httpCookie`, context);
  const { ringHash, maglev } = hash;
  if (number(hash.minimumRingSize) !== 0) {
    context.report(rules.minimumRingSize, `${path}.minimumRingSize`, 'minimumRingSize is deprecated; ringHash holds the same setting.');
    if (ringHash !== undefined || maglev !== undefined) {
      const algorithm = ringHash === undefined ? 'maglev' : 'ringHash';
      context.report(rules.ringSizeAndAlgorithm, `${path}.minimumRingSize`, `minimumRingSize cannot stand beside ${algorithm}.`);
    }
  }
  if (maglev !== undefined) {
    checkTableSize(number(message(maglev)?.tableSize), `${path}.maglev.tableSize`, context);
  }
}

function checkCookie(cookie: DecodedObject | undefined, path: string, { report }: CheckContext): void {
  if (cookie === undefined) {
    return;
  }
  if (text(cookie.name) === '') {
    report(rules.cookieName, `${path}.name`, 'The cookie that decides about the endpoint has no name.');
  }
  const names = new Set<string>();
  eachMessage(cookie.attributes, `${path}.attributes`, (attribute, attributePath) => {
    const name = text(attribute.name);
    if (name === '') {
      report(rules.cookieAttributeName, `${attributePath}.name`, 'An attribute of the cookie has no name.');
    } else if (names.has(name)) {
      report(rules.cookieAttributeTwice, `${attributePath}.name`, `The cookie has the attribute ${name} twice.`);
    }
    names.add(name);
  });
}

function checkTableSize(size: number, path: string, { report }: CheckContext): void {
  const problem =
    size === 0
      ? 'is not set'
      : size >= MAGLEV_TABLE_LIMIT
        ? `is ${size}, but must be below ${MAGLEV_TABLE_LIMIT}`
        : isPrime(size)
          ? undefined
          : `is ${size}, which is no prime number`;
  if (problem !== undefined) {
    report(rules.tableSize, path, `The size of Maglev's table ${problem}.`);
  }
}

/** Istio and Envoy count 1 among the primes. */
function isPrime(value: number): boolean {
  if (value < 4 || value % 2 === 0) {
    return value < 4;
  }
  for (let factor = 3; factor * factor <= value; factor += 2) {
    if (value % factor === 0) {
      return false;
    }
  }
  return true;
}

function checkWarmup(warmup: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (warmup === undefined) {
    return;
  }
  if (warmup.duration === undefined) {
    context.report(rules.warmupDuration, `${path}.duration`, 'The warm-up does not say how long it takes.');
  }
  checkDuration(warmup.duration, `${path}.duration`, context);
  if (number(warmup.minimumPercent) > 100) {
    context.report(rules.warmupMinimum, `${path}.minimumPercent`, `A warm-up cannot begin with ${number(warmup.minimumPercent)} % of the traffic.`);
  }
  if (warmup.aggression !== undefined && number(warmup.aggression) <= 0) {
    context.report(rules.warmupAggression, `${path}.aggression`, `The aggression is ${number(warmup.aggression)}, but must be above 0.`);
  }
}
