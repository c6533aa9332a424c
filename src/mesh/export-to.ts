/** The namespaces that see an object: `*` for all of them, `~` for none, or names. */
export type ExportTo = ReadonlySet<string>;

const everywhere: ExportTo = new Set(['*']);

/**
 * What `exportTo` of an object means: `.` becomes the namespace of the object.
 *
 * @param written the field of the object
 * @param mesh what MeshConfig says for objects without it
 */
export function exportToOf(written: readonly string[] | undefined, mesh: readonly string[] | undefined, namespace: string): ExportTo {
  const names = written?.length ? written : mesh;
  if (!names?.length) return everywhere;
  return new Set(names.map((name) => (name === '.' ? namespace : name)));
}

/** Whether objects of a namespace, or proxies in it, see an object. Beside `*` nothing else counts, and beside `~` no name does. */
export function isExportedTo(exportTo: ExportTo, namespace: string): boolean {
  return exportTo.has('*') || (exportTo.has(namespace) && !exportTo.has('~'));
}
