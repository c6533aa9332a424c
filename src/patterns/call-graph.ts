import type { ObjectReference } from '../../imports/schema';
import { specOf } from '../constructs/spec-of';
import { suggest } from '../manifest/suggest';
import { badInput } from './bad-input';
import { type CallOptions, checkOptions } from './call-options';
import { gatewayProgram, type Ingress } from './ingress-call';
import { type Program, programOf, type ServiceFacts } from './program';
import { isObject, podLabels } from './workload';

/** Props of {@link CallGraph}. */
export interface CallGraphProps<Name extends string> {
  /**
   * What differs from the convention, by the name of the service, or `name.namespace`. With it the graph knows the names of its services: a call to another one
   * does not compile. Give every service, as `{}` when it follows the convention.
   */
  readonly services?: Readonly<Record<Name, ServiceFacts>>;
  /** The service account of a service. @default - that of its Deployment, otherwise one with the name of the service */
  readonly serviceAccount?: (service: string) => string;
  /** The namespace of the services that name none. @default - the one of the pattern that reads the graph */
  readonly namespace?: string;
}

/** A program of the graph: the name of its Service, `name.namespace`, or a Service, ServiceEntry (as a callee) or workload as an object. */
export type ProgramReference<Name extends string> = Name | ObjectReference;

interface Mention {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly object: ObjectReference | undefined;
}

interface DeclaredCall extends CallOptions {
  readonly from: Mention;
  readonly to: Mention;
}

/** A call with everything that policies, scopes and firewalls write about it. */
export interface ResolvedCall {
  readonly from: Program;
  readonly to: Program;
  /** Ports of the callee's pods; empty for all. */
  readonly ports: readonly number[];
  readonly methods: readonly string[];
  readonly paths: readonly string[];
}

/** A call to hosts outside of Kubernetes, which a ServiceEntry stands for. */
export interface ExternalCall {
  readonly from: Program;
  readonly hosts: readonly string[];
  /** Of the ServiceEntry. */
  readonly namespace: string;
  readonly ports: readonly number[];
}

/** The graph as one namespace sees it. */
export interface ResolvedGraph {
  /** The programs of this namespace, in the order in which they were named. */
  readonly programs: readonly Program[];
  /** The calls from or to this namespace. */
  readonly calls: readonly ResolvedCall[];
  readonly externalCalls: readonly ExternalCall[];
}

/**
 * Who calls whom. One graph is the single source of authorization (`ZeroTrust`), of what sidecars know (`SidecarScopes`) and of firewalls (`NetworkPolicies`).
 *
 * By convention a service `reviews` has pods with the label `app: reviews`, which run as the service account `reviews`. Objects in place of names say it themselves.
 */
export class CallGraph<const Name extends string = string> {
  private readonly declared: DeclaredCall[] = [];

  constructor(private readonly props: CallGraphProps<Name> = {}) {
    for (const name of Object.keys(this.facts)) checkName(name);
  }

  /**
   * Adds a call. Several calls between the same two add up.
   * @throws for a service that `services` does not list, and for methods, paths and ports that no policy can hold
   */
  call(from: ProgramReference<Name>, to: ProgramReference<Name>, options: CallOptions = {}): this {
    if (isObject(from) && from.kind === 'ServiceEntry') throw badInput(`ServiceEntry ${from.name} is outside the mesh: it can be called, but not call`);
    checkOptions(options);
    this.declared.push({ ...options, from: this.mention(from), to: this.mention(to) });
    return this;
  }

  /**
   * What the graph says about a namespace: its programs, and the calls from and to them.
   * @param ingress the calls of ingress gateways
   * @throws when it says nothing about the namespace, or something that no policy can hold
   */
  resolve(namespace: string, ingress: Ingress<Name> = []): ResolvedGraph {
    const programs = this.programs(namespace);
    const own = [...programs.values()].filter((program) => program.namespace === namespace);
    if (own.length === 0) throw badInput(nothingAbout(namespace, [...programs.values()]));
    const find = (mention: Mention): Program => {
      const found = programs.get(this.key(mention, namespace));
      if (found) return found;
      throw badInput(
        `ingress leads to ${mention.name}, which the call graph does not name; it names ${[...programs.values()].map(({ name }) => name).join(', ')}`,
      );
    };
    const calls: ResolvedCall[] = [];
    const externalCalls: ExternalCall[] = [];
    for (const { from, to, ...options } of this.declared) {
      if (to.object?.kind === 'ServiceEntry') externalCalls.push(externalCall(find(from), to, options, namespace));
      else calls.push(resolvedCall(find(from), find(to), options));
    }
    for (const { to, gateway, ...options } of [ingress].flat()) {
      checkOptions(options);
      calls.push(resolvedCall(gatewayProgram(gateway), find(this.mention(to)), options));
    }
    return {
      programs: own,
      calls: calls.filter(({ from, to }) => from.namespace === namespace || to.namespace === namespace),
      externalCalls: externalCalls.filter(({ from }) => from.namespace === namespace),
    };
  }

  private programs(namespace: string): ReadonlyMap<string, Program> {
    const listed = Object.keys(this.facts).map(nameAndNamespace);
    const called = this.declared.flatMap(({ from, to }) => (to.object?.kind === 'ServiceEntry' ? [from] : [from, to]));
    const mentions = new Map<string, Mention[]>();
    for (const mention of [...listed, ...called]) {
      const key = this.key(mention, namespace);
      mentions.set(key, [...(mentions.get(key) ?? []), mention]);
    }
    return new Map([...mentions].map(([key, same]) => [key, this.program(key, same)]));
  }

  /** Several names and objects may speak of one service; each object knows something of it. */
  private program(key: string, mentions: readonly Mention[]): Program {
    const [name, namespace] = key.split('.') as [string, string];
    const objects = new Set(mentions.flatMap(({ object }) => object ?? []));
    const facts = this.facts[key] ?? this.facts[name] ?? {};
    const account = this.props.serviceAccount?.(name);
    return programOf(name, namespace, [...objects], account === undefined ? facts : { serviceAccount: account, ...facts });
  }

  private key({ name, namespace }: Mention, asking: string): string {
    return `${name}.${namespace ?? this.props.namespace ?? asking}`;
  }

  private get facts(): Readonly<Record<string, ServiceFacts>> {
    return this.props.services ?? {};
  }

  private mention(reference: ProgramReference<Name>): Mention {
    if (isObject(reference)) return { name: nameOf(reference), namespace: reference.metadata.namespace, object: reference };
    if (typeof reference !== 'string') throw badInput('a call is between names of services, Services, or workloads');
    checkName(reference);
    const known = Object.keys(this.facts);
    if (known.length > 0 && !known.includes(reference)) {
      const near = suggest(reference, known);
      throw badInput(`the call graph has no service ${reference}${near ? `; did you mean ${near}?` : `; it has ${known.join(', ')}`}`);
    }
    return nameAndNamespace(reference);
  }
}

function nothingAbout(namespace: string, programs: readonly Program[]): string {
  if (programs.length === 0) return 'the call graph is empty: say who calls whom with call(from, to), or list the services';
  return `the call graph has no service in namespace ${namespace}; it knows ${programs.map((program) => `${program.name}.${program.namespace}`).join(', ')}`;
}

function resolvedCall(from: Program, to: Program, { ports = [], methods = [], paths = [] }: CallOptions): ResolvedCall {
  return { from, to, ports: podPorts(to, ports, methods.length + paths.length > 0), methods, paths };
}

/** A policy for one of several Deployments of a service is about the service: its name is what they have as label `app`. */
function nameOf(object: ObjectReference): string {
  if (object.kind === 'Service' || object.kind === 'ServiceEntry') return object.name;
  return podLabels(object).app ?? object.name;
}

function nameAndNamespace(text: string): Mention {
  const [name, namespace] = text.split('.');
  return { name: name as string, namespace, object: undefined };
}

const namePattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)?$/;

function checkName(text: string): void {
  if (!namePattern.test(text)) throw badInput(`${JSON.stringify(text)} is no service: write its name, or name.namespace`);
}

/** Policies and firewalls see the port of the pod, callers that of the Service. */
function podPorts({ name, ports: known, targetPorts }: Program, chosen: readonly number[], isHttpOnly: boolean): readonly number[] {
  const unknown = known && chosen.find((port) => !known.some(({ number }) => number === port));
  if (unknown !== undefined) throw badInput(`Service ${name} has no port ${unknown}; its ports: ${known?.map(({ number }) => number).join(', ')}`);
  const used = known?.filter(({ number }) => chosen.length === 0 || chosen.includes(number)) ?? [];
  const opaque = used.filter(({ isHttp }) => !isHttp);
  // Without a choice of ports it is enough that one of them can match.
  if (isHttpOnly && opaque[0] && (chosen.length > 0 || opaque.length === used.length)) {
    const which = `port ${opaque[0].number} of Service ${name}`;
    throw badInput(`methods and paths never match on ${which}, which does not speak HTTP: leave them out, or name the port http-...`);
  }
  return chosen.map((number) => {
    const port = targetPorts[number] ?? known?.find((candidate) => candidate.number === number)?.targetPort ?? number;
    if (typeof port === 'number') return port;
    throw badInput(`port ${number} of Service ${name} leads to the port named ${port} of its pods; give its number in targetPorts: { ${number}: ... }`);
  });
}

function externalCall(from: Program, { name, namespace, object }: Mention, { ports = [] }: CallOptions, asking: string): ExternalCall {
  const { hosts = [], ports: known = [] } = specOf(object as ObjectReference) as { hosts?: readonly string[]; ports?: readonly { number: number }[] };
  const numbers = known.map(({ number }) => number);
  const unknown = ports.find((port) => !numbers.includes(port));
  if (unknown !== undefined) throw badInput(`ServiceEntry ${name} has no port ${unknown}; its ports: ${numbers.join(', ')}`);
  return { from, hosts, namespace: namespace ?? asking, ports: ports.length > 0 ? ports : numbers };
}
