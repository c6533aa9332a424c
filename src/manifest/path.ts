/**
 * JSON paths as the API server prints them: fields after a dot (`spec.http[0].route`), list items by position (`[0]`), keys of free maps in brackets
 * without quotes (`spec.selector.matchLabels[app.kubernetes.io/name]`).
 */
export type PathSegment = string | number;

/** The path of a field of an object; the root has the empty path. */
export function fieldPath(parent: string, field: string): string {
  return parent === '' ? field : `${parent}.${field}`;
}

/** The path of an entry of a map whose keys the user chooses, such as labels. */
export function keyPath(parent: string, key: string): string {
  return `${parent}[${key}]`;
}

/** The path of a list item, counted from 0. */
export function itemPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}

const plainField = /^[A-Za-z0-9_$-]+$/;

/** Builds a path from its segments: numbers are list items, strings are fields, or map keys where they could not stand after a dot. */
export function formatPath(segments: readonly PathSegment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') {
      return itemPath(path, segment);
    }
    return plainField.test(segment) ? fieldPath(path, segment) : keyPath(path, segment);
  }, '');
}

/**
 * Reads a path back into its segments. `[12]` becomes the number 12, whether it stands for a list item or for a map key, which the text cannot tell;
 * brackets inside a key are understood as long as they are balanced.
 */
export function parsePath(path: string): PathSegment[] {
  return pathSteps(path).map(({ segment }) => segment);
}

/** The segments of a path, each with the offset in its text at which it ends. */
export function pathSteps(path: string): { readonly segment: PathSegment; readonly end: number }[] {
  const steps: { segment: PathSegment; end: number }[] = [];
  let position = 0;
  while (position < path.length) {
    if (path[position] === '[') {
      const end = closingBracket(path, position);
      const content = path.slice(position + 1, end);
      position = Math.min(end + 1, path.length);
      steps.push({ segment: /^(?:0|[1-9]\d{0,14})$/.test(content) ? Number(content) : content, end: position });
    } else {
      const start = path[position] === '.' ? position + 1 : position;
      let end = start;
      while (end < path.length && path[end] !== '.' && path[end] !== '[') {
        end += 1;
      }
      steps.push({ segment: path.slice(start, end), end });
      position = end;
    }
  }
  return steps;
}

function closingBracket(path: string, open: number): number {
  let depth = 0;
  for (let position = open; position < path.length; position += 1) {
    if (path[position] === '[') {
      depth += 1;
    } else if (path[position] === ']') {
      depth -= 1;
      if (depth === 0) {
        return position;
      }
    }
  }
  return path.length;
}
