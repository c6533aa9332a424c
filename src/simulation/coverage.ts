import type { ObjectIdentity, SourceLocation } from '../manifest/diagnostic';
import { identityOf, type Manifest } from '../manifest/manifest';
import type { Source } from '../mesh/config-object';
import type { MeshModel } from '../mesh/model';
import type { Outcome } from './outcome';
import { locationOf, objectName, placeOf } from './story';

/** What tests can meet. */
export type CoverageKind = 'route' | 'destination' | 'subset' | 'rule';

/** One thing that requests meet or do not meet. */
export interface CoverageItem {
  readonly kind: CoverageKind;
  readonly object: ObjectIdentity;
  /** `spec.http[0]`, `spec.http[0].route[1]`, `spec.subsets[0]`, `spec.rules[2]` */
  readonly path: string;
  /** The name that its author gave it. */
  readonly name?: string;
  readonly location?: SourceLocation;
}

interface Entry extends CoverageItem {
  readonly source: Source;
  met: boolean;
}

/** Which routes, destinations, subsets and policy rules of a mesh the requests of tests have met. */
export class Coverage {
  private readonly byObject = new Map<Manifest, Entry[]>();

  private constructor(private readonly entries: readonly Entry[]) {
    for (const entry of entries) {
      const { manifest } = entry.source;
      this.byObject.set(manifest, [...(this.byObject.get(manifest) ?? []), entry]);
    }
  }

  /** Of the objects of a mesh that take part in it; nothing is met yet. */
  static of({ objects, takesPart }: MeshModel): Coverage {
    return new Coverage([
      ...objects.virtualServices.filter(takesPart).flatMap((each) => routes(each.manifest, each.spec)),
      ...objects.destinationRules.filter(takesPart).flatMap(({ manifest, spec }) => items(manifest, 'subset', 'spec.subsets', spec.subsets)),
      ...objects.authorizationPolicies.filter(takesPart).flatMap(({ manifest, spec }) => items(manifest, 'rule', 'spec.rules', spec.rules)),
    ]);
  }

  /** What several meshes have met together; an object that is part of more than one of them counts once. */
  static together(coverages: Iterable<Coverage>): Coverage {
    const found = new Map<Manifest, Map<string, Entry>>();
    for (const { byObject } of coverages) {
      for (const [manifest, entries] of byObject) {
        const known = found.get(manifest) ?? new Map<string, Entry>();
        found.set(manifest, known);
        for (const entry of entries) known.set(entry.path, { ...entry, met: entry.met || known.get(entry.path)?.met === true });
      }
    }
    return new Coverage([...found.values()].flatMap((entries) => [...entries.values()]));
  }

  /** Counts what a request met, whichever way it went. */
  add(outcome: Outcome): void {
    for (const { trace, mirrorTraces } of outcome.alternatives) {
      for (const { source } of [trace, ...mirrorTraces].flat()) {
        if (source === undefined) continue;
        for (const entry of this.byObject.get(source.manifest) ?? []) {
          if (isWithin(source.path, entry.path)) entry.met = true;
        }
      }
    }
  }

  /** Everything that could be met. */
  get items(): readonly CoverageItem[] {
    return this.entries.map(plain);
  }

  /** What no request has met. */
  get missed(): readonly CoverageItem[] {
    return this.entries.filter(({ met }) => !met).map(plain);
  }

  /** The share of everything that has been met, from 0 to 1; 1 where there is nothing to meet. */
  get share(): number {
    return this.entries.length === 0 ? 1 : this.entries.filter(({ met }) => met).length / this.entries.length;
  }

  /** For people: how much of each kind was met, and what was not, with its place. It ends without a line break. */
  report(): string {
    const kinds: readonly CoverageKind[] = ['route', 'destination', 'subset', 'rule'];
    const counts = kinds.flatMap((kind) => {
      const all = this.entries.filter((entry) => entry.kind === kind);
      return all.length === 0 ? [] : [`${all.filter(({ met }) => met).length} of ${all.length} ${kind}s`];
    });
    const missed = this.entries.filter(({ met }) => !met);
    const lines = missed.map(({ kind, path, name, location, source }) => {
      const text = `  ${kind.padEnd(11)}  ${objectName(source.manifest)}  ${path}${name === undefined ? '' : ` (${name})`}`;
      return location === undefined ? text : `${text}  ${placeOf(source)}`;
    });
    if (this.entries.length === 0) return 'coverage: there is nothing to meet';
    const percent = Math.floor(this.share * 1000) / 10;
    return [`coverage ${percent} %: ${counts.join(', ')}`, ...(lines.length > 0 ? ['no request has met', ...lines] : [])].join('\n');
  }
}

/** The places of a VirtualService, each route with its destinations. */
function routes(manifest: Manifest, spec: object): Entry[] {
  return ['http', 'tls', 'tcp'].flatMap((section) => {
    const list = (spec as Record<string, readonly { readonly name?: string; readonly route?: readonly unknown[] }[] | undefined>)[section] ?? [];
    return list.flatMap((route, index) => {
      const path = `spec.${section}[${index}]`;
      return [entry(manifest, 'route', path, route.name), ...items(manifest, 'destination', `${path}.route`, route.route)];
    });
  });
}

function items(manifest: Manifest, kind: CoverageKind, path: string, list: readonly unknown[] = []): Entry[] {
  return list.map((each, index) => entry(manifest, kind, `${path}[${index}]`, (each as { readonly name?: string }).name));
}

function entry(manifest: Manifest, kind: CoverageKind, path: string, name: string | undefined): Entry {
  const source = { manifest, path };
  const location = locationOf(source);
  return {
    kind,
    object: identityOf(manifest.object),
    path,
    ...(name === undefined ? {} : { name }),
    ...(location === undefined ? {} : { location }),
    source,
    met: false,
  };
}

function plain({ source: _source, met: _met, ...item }: Entry): CoverageItem {
  return item;
}

function isWithin(path: string, place: string): boolean {
  return path.startsWith(place) && (path.length === place.length || path[place.length] === '.' || path[place.length] === '[');
}
