import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import { buildMesh } from '../mesh/build';
import type { MeshFacts } from '../mesh/facts';
import type { MeshModel } from '../mesh/model';
import type { Workload } from '../mesh/workload';
import { assume } from './assumptions';
import { findClient } from './callers';
import { type Possibility, possibilities } from './chance';
import { Coverage } from './coverage';
import { Journey } from './journey';
import { Judgement } from './judgement';
import { Memory } from './memory';
import { ask, type Client } from './network/client';
import { MeshNetwork } from './network/mesh-network';
import { unsimulatedAt, unsimulatedTowards } from './notes';
import { Outcome, type Way } from './outcome';
import { isTree, manifestsOfTree } from './read-app';
import { readManifests } from './read-text';
import { parseTarget, type Target, type TrafficRequest } from './request';
import { Series } from './series';

/** An app, a chart, or another construct of cdk8s; or manifests as plain objects. */
export type MeshInput = object | readonly (KubernetesObject | Manifest)[];

/** A request, once it has been looked up who asks. */
interface Asked {
  readonly request: TrafficRequest;
  readonly target: Target;
  readonly client: Client;
}

/**
 * A mesh to ask: manifests, and what is known beside them. Objects that a cluster would refuse take no part.
 */
export class Mesh {
  private readonly manifests: readonly Manifest[];
  private readonly judgement: Judgement;
  private readonly model: MeshModel;
  private readonly network: MeshNetwork;
  private readonly assumed: ReadonlyMap<string, string>;
  private counted: Coverage | undefined;

  private constructor(manifests: readonly Manifest[], facts: MeshFacts) {
    this.manifests = manifests;
    this.judgement = new Judgement(facts.validation === 'istiod');
    const isRefused = (manifest: Manifest): boolean => this.judgement.isRefused(manifest);
    const { facts: all, sentences } = facts.dns === 'listed' ? { facts, sentences: new Map<string, string>() } : assume(manifests, facts, isRefused);
    this.assumed = sentences;
    this.model = buildMesh(manifests, all, isRefused);
    this.network = new MeshNetwork(this.model);
  }

  /** Errors of objects that a cluster would refuse; these objects take no part. */
  get rejected(): readonly Diagnostic[] {
    return this.manifests.flatMap((manifest) => this.judgement.findingsOf(manifest).filter(({ severity }) => severity === 'error'));
  }

  /** Warnings about objects that take part. */
  get warnings(): readonly Diagnostic[] {
    return this.manifests.flatMap((manifest) => this.judgement.findingsOf(manifest).filter(({ severity }) => severity !== 'error'));
  }

  /**
   * The mesh of an app, of a chart, or of manifests.
   *
   * @param input a cdk8s App, Chart or construct, of which all objects are taken; or a list of plain objects
   * @param facts what the manifests do not say: mesh configuration, workloads and Services of others, hosts outside
   * @throws TypeError for something else
   */
  static of(input: MeshInput, facts: MeshFacts = {}): Mesh {
    if (isTree(input)) return new Mesh(manifestsOfTree(input), facts);
    if (!Array.isArray(input)) throw new TypeError('Mesh.of takes an App, a Chart, or a list of manifests');
    return new Mesh(input.map(asManifest), facts);
  }

  /**
   * The mesh of YAML or JSON text with any number of documents, read as kubectl reads it.
   * @param file how places in it are named
   * @throws SyntaxError for text that cannot be read
   */
  static ofYaml(text: string, facts: MeshFacts = {}, file = '<text>'): Mesh {
    return new Mesh(readManifests(text, file), facts);
  }

  /**
   * The mesh of files.
   * @throws SyntaxError for a file that cannot be read as YAML
   */
  static ofFiles(files: readonly string[], facts: MeshFacts = {}): Mesh {
    return new Mesh(
      files.flatMap((file) => readManifests(readFileSync(file, 'utf8'), file)),
      facts,
    );
  }

  /**
   * What a request meets.
   * @throws TypeError for a caller that the mesh does not have, or something that is no URL
   */
  request(request: TrafficRequest): Outcome {
    const asked = this.asked(request);
    return this.outcome(asked, this.answers(asked, Memory.EMPTY));
  }

  /** Requests that follow one another, for what proxies remember between them: outlier detection, local rate limits. */
  series(): Series {
    return new Series((request, waysFrom) => {
      const asked = this.asked(request);
      return this.outcome(
        asked,
        waysFrom((memory) => this.answers(asked, memory)),
      );
    });
  }

  private asked(request: TrafficRequest): Asked {
    const target = parseTarget(request.to);
    return { request, target, client: findClient(this.model, request, target) };
  }

  private answers({ request, target, client }: Asked, memory: Memory): readonly Possibility<Way>[] {
    return possibilities((chance): Way => {
      const journey = new Journey(chance, memory);
      return { journey, reply: ask(this.network, journey, client, request, target) };
    });
  }

  private outcome({ request, client }: Asked, ways: readonly Possibility<Way>[]): Outcome {
    const entry = client.via ?? (client.workload?.proxy === 'sidecar' ? client.workload : undefined);
    const outcome = new Outcome(request, ways, entry, () => this.notes(ways.map(({ value }) => value)));
    this.counted?.add(outcome);
    return outcome;
  }

  /** Counts from now on which routes, destinations, subsets and policy rules the requests to this mesh meet. */
  coverage(): Coverage {
    this.counted ??= Coverage.of(this.model);
    return this.counted;
  }

  /** Whether `coverage()` has been called. */
  get isCounting(): boolean {
    return this.counted !== undefined;
  }

  /** What the answer leaves out of account or takes for granted, about the proxies that were passed. */
  private notes(ways: readonly Way[]): string[] {
    const hops = ways.flatMap(({ journey }) => [journey, ...journey.mirrored].flatMap(({ hops }) => hops));
    const aboutProxies = [...new Set<Workload>(hops.map(({ proxy }) => proxy))].flatMap((proxy) => {
      const assumed = this.assumed.get(proxy.name);
      return [...(assumed === undefined ? [] : [assumed]), ...unsimulatedAt(this.model, proxy)];
    });
    const aboutClusters = hops.flatMap(({ proxy, cluster }) => (cluster === undefined ? [] : unsimulatedTowards(this.model, proxy, cluster)));
    return [...new Set([...aboutProxies, ...aboutClusters])];
  }
}

function asManifest(value: KubernetesObject | Manifest): Manifest {
  const { object, origin } = value as Manifest;
  return typeof object === 'object' && typeof origin === 'object' ? (value as Manifest) : { object: value as KubernetesObject, origin: {} };
}
