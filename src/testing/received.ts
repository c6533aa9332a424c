/** What a matcher was given in place of what it takes, in words; with the way out where there is a usual one. */
export function receivedAs(received: unknown): string {
  if (received === null) return 'null';
  if (typeof received !== 'object') return typeof received;
  if ('then' in received && typeof received.then === 'function') return 'a promise: await nothing, mesh.request is synchronous';
  if ('request' in received && typeof received.request === 'function') return 'a mesh or a series: ask it first, with .request({ from, to })';
  return Array.isArray(received) ? 'a list' : 'another object';
}
