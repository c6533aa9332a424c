import { isTree, manifestsOfTree } from '../simulation/read-app';
import { readManifests } from '../simulation/read-text';
import type { Verdict } from './matcher';
import { includes, written } from './partial';
import { receivedAs } from './received';

/** Whether an app, a chart, a list of manifests or YAML text holds an object with everything that a partial manifest names. */
export function toContainManifest(received: unknown, partial: object): Verdict {
  const objects = objectsOf(received);
  const pass = objects.some((object) => includes(object, partial));
  const { kind, metadata } = partial as { readonly kind?: string; readonly metadata?: { readonly name?: string } };
  return {
    pass,
    message: () => {
      const near = objects.filter((object) =>
        includes(object, { ...(kind ? { kind } : {}), ...(metadata?.name ? { metadata: { name: metadata.name } } : {}) }),
      );
      const shown = kind === undefined ? [] : near.slice(0, 3).map((object) => JSON.stringify(object, null, 2));
      const others = `${objects.length} manifest${objects.length === 1 ? '' : 's'}: ${objects.map(title).slice(0, 20).join(', ')}`;
      return `The manifests should ${pass ? 'not ' : ''}contain ${written(partial, 2)}\n\n${shown.length > 0 ? `Nearest:\n${shown.join('\n')}` : others}`;
    },
  };
}

function objectsOf(received: unknown): readonly object[] {
  if (isTree(received)) return manifestsOfTree(received).map(({ object }) => object);
  if (typeof received === 'string') return readManifests(received, '<text>').map(({ object }) => object);
  if (Array.isArray(received)) return received as readonly object[];
  throw new TypeError(`toContainManifest takes an App, a Chart, a list of manifests, or YAML text, and got ${receivedAs(received)}`);
}

function title(object: object): string {
  const { kind = 'object', metadata } = object as { readonly kind?: string; readonly metadata?: { readonly name?: string } };
  return `${kind} ${metadata?.name ?? ''}`.trim();
}
