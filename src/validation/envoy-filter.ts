import type { Rule } from '../manifest/rule';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, message, text } from './decoded';
import { connectionManager, renamedFilters } from './envoy/filter-names';
import { checkPatchValue } from './envoy-patch';
import { regexProblem } from './grammar/regex';
import { utf8Length } from './grammar/text';
import { envoyFilterRules as rules } from './rules/envoy-filter';
import { checkWorkloadSelector } from './selectors';

const MAX_VERSION_BYTES = 1024;

/** What each sort of object is found by. */
const matchOf: { readonly [applyTo: string]: 'listener' | 'routeConfiguration' | 'cluster' } = {
  LISTENER: 'listener',
  FILTER_CHAIN: 'listener',
  NETWORK_FILTER: 'listener',
  HTTP_FILTER: 'listener',
  ROUTE_CONFIGURATION: 'routeConfiguration',
  VIRTUAL_HOST: 'routeConfiguration',
  HTTP_ROUTE: 'routeConfiguration',
  CLUSTER: 'cluster',
};
const objectMatches = ['listener', 'routeConfiguration', 'cluster', 'waypoint'];

/** What istiod checks in an EnvoyFilter. */
export const checkEnvoyFilter: KindCheck = (spec, context) => {
  if (!checkWorkloadSelector(message(spec.workloadSelector), 'spec.workloadSelector', context)) {
    return;
  }
  const effect = 'An EnvoyFilter changes what Istio generates, which may look different in any release.';
  context.report(rules.internalInterface, 'kind', effect);
  eachMessage(spec.configPatches, 'spec.configPatches', (patch, path) => {
    // istiod has no checks for waypoints yet.
    if (message(patch.match)?.context !== 'WAYPOINT') {
      checkConfigPatch(patch, path, context);
    }
  });
};

/** Checks one patch; like istiod it goes no further where the patch could not be understood anyway. */
function checkConfigPatch(configPatch: DecodedObject, path: string, context: CheckContext): void {
  const { report } = context;
  const applyTo = text(configPatch.applyTo) || 'INVALID';
  const patch = message(configPatch.patch);
  if (applyTo === 'INVALID') {
    report(rules.applyTo, `${path}.applyTo`, 'The patch does not say to what it is applied.');
    return;
  }
  if (patch === undefined) {
    report(rules.patchMissing, `${path}.patch`, 'There is no patch to apply.');
    return;
  }
  const operation = patch.operation ?? 'INVALID';
  if (operation === 'INVALID') {
    report(rules.operationMissing, `${path}.patch.operation`, 'The patch does not say what to do: to add, to merge, to remove.');
    return;
  }
  if (operation !== 'REMOVE' && patch.value === undefined) {
    report(rules.valueMissing, `${path}.patch.value`, `The operation ${String(operation)} needs a value.`);
    return;
  }
  const match = message(configPatch.match) ?? {};
  if (
    checkVersion(text(message(match.proxy)?.proxyVersion), `${path}.match.proxy.proxyVersion`, context) &&
    checkMatch(applyTo, match, `${path}.match`, context)
  ) {
    checkPatchValue(applyTo, patch.value, `${path}.patch.value`, context);
  }
}

function checkVersion(version: string, path: string, { report }: CheckContext): boolean {
  const size = utf8Length(version);
  if (size > MAX_VERSION_BYTES) {
    report(rules.versionTooLong, path, `The version has ${size} bytes; beyond ${MAX_VERSION_BYTES} istiod ignores it.`);
    return true;
  }
  const problem = regexProblem(version);
  if (problem !== undefined) {
    report(rules.version, path, `The version "${version}" ${problem}.`);
  }
  return problem === undefined;
}

function checkMatch(applyTo: string, match: DecodedObject, path: string, context: CheckContext): boolean {
  const expected = matchOf[applyTo];
  const given = objectMatches.find((field) => match[field] !== undefined);
  if (expected === undefined || given === undefined) {
    return true;
  }
  if (given !== expected) {
    const rule = { listener: rules.listenerMatch, routeConfiguration: rules.routeMatch, cluster: rules.clusterMatch }[expected];
    context.report(rule, `${path}.${given}`, `${applyTo} is found by ${expected}, not by ${given}.`);
    return expected !== 'listener';
  }
  const filter = message(message(message(match.listener)?.filterChain)?.filter);
  return expected !== 'listener' || filter === undefined || checkFilterMatch(applyTo, filter, `${path}.listener.filterChain.filter`, context);
}

function checkFilterMatch(applyTo: string, filter: DecodedObject, path: string, context: CheckContext): boolean {
  const { report } = context;
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') {
    report(rules.filterMatchUnused, path, `A filter does not decide which ${applyTo} is meant.`);
  }
  const name = text(filter.name);
  if (name === '') {
    report(rules.filterName, `${path}.name`, 'The filter to look for has no name.');
    return false;
  }
  const subFilter = message(filter.subFilter);
  if (subFilter !== undefined && !checkSubFilter(applyTo, name, subFilter, path, context)) {
    return false;
  }
  reportRenamed(rules.renamedFilter, name, `${path}.name`, context);
  reportRenamed(rules.renamedSubFilter, text(subFilter?.name), `${path}.subFilter.name`, context);
  return true;
}

function checkSubFilter(applyTo: string, filterName: string, subFilter: DecodedObject, path: string, { report }: CheckContext): boolean {
  if (applyTo !== 'HTTP_FILTER') {
    report(rules.subFilterApplyTo, `${path}.subFilter`, `A sub-filter decides about HTTP_FILTER only, not about ${applyTo}.`);
    return false;
  }
  if (filterName !== connectionManager && renamedFilters.get(filterName) !== connectionManager) {
    report(rules.subFilterParent, `${path}.name`, `${filterName} has no sub-filters.`);
    return false;
  }
  if (text(subFilter.name) === '') {
    report(rules.subFilterName, `${path}.subFilter.name`, 'The sub-filter to look for has no name.');
    return false;
  }
  return true;
}

function reportRenamed(rule: Rule, name: string, path: string, { report }: CheckContext): void {
  const renamed = renamedFilters.get(name);
  if (renamed !== undefined) {
    report(rule, path, `${name} is a name of old.`, `write ${renamed}`);
  }
}
