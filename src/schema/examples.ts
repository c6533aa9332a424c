/** The objects that the pages of the rules show, so that each example says only what matters to its rule. */

const indented = (lines: string): string => lines.trim().split('\n').join('\n  ');

/** A whole object of a kind in a version, from the lines of its spec. */
export function example(apiVersion: string, kind: string, spec: string, name = 'reviews'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: bookinfo\nspec:\n  ${indented(spec)}\n`;
}

/** A VirtualService, from the lines of its spec. */
export const virtualService = (spec: string): string => example('networking.istio.io/v1', 'VirtualService', spec);

/** A DestinationRule for the host `reviews`, from the lines that its spec has beside the host. */
export const destinationRule = (spec: string): string => example('networking.istio.io/v1', 'DestinationRule', `host: reviews\n${spec.trim()}`);

/** A VirtualService that sends everything to `reviews`, from the lines of its metadata. */
export function withMetadata(metadata: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  ${indented(metadata)}\nspec:\n  hosts:\n  - reviews\n  http:\n  - route:\n    - destination:\n        host: reviews\n`;
}
