import type { Source } from '../../mesh/config-object';

/** A field of what a source names. */
export function fieldOf({ manifest, path }: Source, field: string): Source {
  return { manifest, path: `${path}.${field}` };
}
