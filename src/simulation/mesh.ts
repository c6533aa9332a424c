import type { Diagnostic } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import { buildMesh } from '../mesh/build';
import { isUndeclared } from '../mesh/dns';
import type { MeshFacts } from '../mesh/facts';
import type { MeshModel } from '../mesh/model';
import type { Workload } from '../mesh/workload';
import { assume } from './assumptions';
import { findClient, unknownLabels } from './callers';
import { described, isMapping } from './case/shape';
import { type Possibility, possibilities } from './chance';
import { checkFacts, checkRequest } from './check-input';
import { Coverage } from './coverage';
import { declaredBy } from './declared';
import { type Hop, Journey } from './journey';
import { Judgement } from './judgement';
import { Memory } from './memory';
import { ask, type Client, gatewayPort } from './network/client';
import { MeshNetwork } from './network/mesh-network';
import { assumedSecrets, refusals, unreadClaims, unsimulatedAt, unsimulatedInMesh, unsimulatedTowards } from './notes';
import { Outcome, type Way } from './outcome';
import { isTree, manifestsOfTree } from './read-app';
import { readManifestFiles, readManifests } from './read-text';
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
  private readonly isJudgedByIstiod: boolean;
  private counted: Coverage | undefined;
  private refused: readonly string[] | undefined;

  private constructor(manifests: readonly Manifest[], unchecked: MeshFacts) {
    const facts = checkFacts(unchecked);
    this.manifests = manifests;
    this.isJudgedByIstiod = facts.validation === 'istiod';
    this.judgement = new Judgement(this.isJudgedByIstiod);
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
   * @throws TypeError for something else, and for facts that are none
   */
  static of(input: MeshInput, facts: MeshFacts = {}): Mesh {
    if (isTree(input)) return new Mesh(manifestsOfTree(input), facts);
    if (!Array.isArray(input)) throw new TypeError(`Mesh.of takes an App, a Chart, or a list of manifests, not ${described(input)}`);
    return new Mesh(input.map(asManifest), facts);
  }

  /**
   * The mesh of YAML or JSON text with any number of documents, read as kubectl reads it.
   * @param file how places in it are named
   * @throws SyntaxError for text that cannot be read
   * @throws TypeError for facts that are none
   */
  static ofYaml(text: string, facts: MeshFacts = {}, file = '<text>'): Mesh {
    if (typeof text !== 'string') throw new TypeError(`Mesh.ofYaml takes a text, not ${described(text)}`);
    return new Mesh(readManifests(text, file), facts);
  }

  /**
   * The mesh of files, and of all YAML and JSON files below folders, of which those that hold no Kubernetes objects are passed over.
   * @throws SyntaxError for a file that cannot be read as YAML
   * @throws TypeError for a file or folder that does not exist, and for facts that are none
   */
  static ofFiles(files: string | readonly string[], facts: MeshFacts = {}): Mesh {
    const paths: readonly unknown[] = Array.isArray(files) ? files : [files];
    return new Mesh(
      paths.flatMap((path) => {
        if (typeof path !== 'string') throw new TypeError(`Mesh.ofFiles takes names of files and folders, not ${described(path)}`);
        return readManifestFiles(path);
      }),
      facts,
    );
  }

  /**
   * What a request meets.
   * @throws TypeError for a caller that the mesh does not have, something that is no URL, or another field that is wrong
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

  private asked(given: TrafficRequest): Asked {
    const request = checkRequest(given);
    const target = parseTarget(request.to);
    return { request, target, client: findClient(this.model, request, target) };
  }

  private answers({ request, target, client }: Asked, memory: Memory): readonly Possibility<Way>[] {
    return possibilities((chance): Way => {
      const journey = new Journey(chance, memory);
      return { journey, reply: ask(this.network, journey, client, request, target) };
    });
  }

  private outcome(asked: Asked, ways: readonly Possibility<Way>[]): Outcome {
    const { request, client } = asked;
    const entry = client.via ?? (client.workload?.proxy === 'sidecar' ? client.workload : undefined);
    const notes = (): string[] =>
      this.notes(
        asked,
        ways.map(({ value }) => value),
      );
    const outcome = new Outcome(request, ways, entry, notes, () => declaredBy(this.model));
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

  /** What the answer leaves out of account or takes for granted: about who asks for what, about the proxies that were passed, and about objects that take no part. */
  private notes(asked: Asked, ways: readonly Way[]): string[] {
    const hops = ways.flatMap(({ journey }) => [journey, ...journey.mirrored].flatMap(({ hops }) => hops));
    const aboutProxies = [...new Set<Workload>(hops.map(({ proxy }) => proxy))].flatMap((proxy) => {
      const assumed = this.assumed.get(proxy.name);
      return [...(assumed === undefined ? [] : [assumed]), ...unsimulatedAt(this.model, proxy)];
    });
    const aboutClusters = hops.flatMap(({ proxy, cluster }) => (cluster === undefined ? [] : unsimulatedTowards(this.model, proxy, cluster)));
    this.refused ??= refusals(this.rejected, this.isJudgedByIstiod ? 'istiod' : 'a cluster');
    return [...new Set([...this.aboutRequest(asked, hops), ...aboutProxies, ...aboutClusters, ...unsimulatedInMesh(this.model), ...this.refused])];
  }

  private aboutRequest({ request, target, client: { workload, via, lost } }: Asked, hops: readonly Hop[]): string[] {
    const { model } = this;
    const labels = unknownLabels(model, request.from);
    const isLookedUp = via === undefined && lost === undefined && request.ip === undefined;
    const gateways = new Set([...(via === undefined ? [] : [via]), ...hops.flatMap(({ side, proxy }) => (side === 'gateway' ? [proxy] : []))]);
    const serverName = (request.tls?.sni ?? target.host).toLowerCase();
    return [
      ...(labels === undefined ? [] : [labels]),
      ...(isLookedUp && isUndeclared(model, target.host, workload?.namespace) ? [`${target.host} is taken for a host outside: nothing declares it`] : []),
      ...(target.isTls ? [...gateways] : []).flatMap((gateway) =>
        assumedSecrets(model, gateway, serverName, gateway === via ? gatewayPort(model, gateway, target.port) : undefined),
      ),
      ...(request.claims === undefined ? [] : unreadClaims(model, hops)),
    ];
  }
}

function asManifest(value: KubernetesObject | Manifest, index: number): Manifest {
  if (!isMapping(value as unknown)) throw new TypeError(`Mesh.of takes objects, and item ${index} of the list is ${described(value)}`);
  const { object, origin } = value as Manifest;
  return typeof object === 'object' && typeof origin === 'object' ? (value as Manifest) : { object: value as KubernetesObject, origin: {} };
}
