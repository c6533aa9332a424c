/** The endpoints of one priority: how many there are, and how many can be asked. */
export interface PriorityHealth {
  readonly total: number;
  readonly healthy: number;
}

/** What a priority gets: its percentage of the traffic, and whether so many of its endpoints are gone that all of them are asked. */
export interface PriorityLoad {
  readonly load: number;
  readonly isPanicking: boolean;
}

/** Envoy counts a priority as whole as long as 1 of 1.4 endpoints is healthy. */
const OVERPROVISIONING = 140;

/** Distributes traffic over priorities: the first ones take all that their health allows, the others what is left. Percentages are whole numbers, as Envoy counts. */
export function priorityLoads(priorities: readonly PriorityHealth[], panicThreshold: number): readonly PriorityLoad[] {
  const health = priorities.map(({ total, healthy }) => (total === 0 ? 0 : Math.min(100, Math.floor((OVERPROVISIONING * healthy) / total))));
  const available = Math.min(
    100,
    health.reduce((sum, each) => sum + each, 0),
  );
  if (available === 0) return inTotalPanic(priorities, panicThreshold);
  let left = 100;
  const loads = health.map((each) => {
    const load = Math.min(left, Math.floor((each * 100) / available));
    left -= load;
    return load;
  });
  const first = health.findIndex((each) => each > 0);
  return priorities.map(({ total, healthy }, index) => ({
    // What rounding leaves goes to the first one that can take anything.
    load: (loads[index] as number) + (index === first ? left : 0),
    isPanicking: available < 100 && (total === 0 ? 0 : (100 * healthy) / total) < panicThreshold,
  }));
}

/** With nobody healthy anywhere all are asked in proportion to their number, unless panic is switched off. */
function inTotalPanic(priorities: readonly PriorityHealth[], panicThreshold: number): readonly PriorityLoad[] {
  const endpoints = priorities.reduce((sum, { total }) => sum + total, 0);
  if (panicThreshold === 0 || endpoints === 0) return priorities.map((_, index) => ({ load: index === 0 ? 100 : 0, isPanicking: false }));
  const loads = priorities.map(({ total }) => Math.floor((100 * total) / endpoints));
  const left = 100 - loads.reduce((sum, load) => sum + load, 0);
  const first = priorities.findIndex(({ total }) => total > 0);
  return loads.map((load, index) => ({ load: load + (index === first ? left : 0), isPanicking: true }));
}
