import type { IConstruct } from 'constructs';

/** Shared by all copies of this package in a process, which check one tree together. */
const TREE = Symbol.for('cdk8s-istio.tree');

/** One writing of a tree: which objects are still to come, and which codes that a scope ignores have met a finding. */
export interface Round {
  readonly waiting: Set<IConstruct>;
  readonly met: Map<IConstruct, Set<string>>;
}

/** What the checks remember of a tree. */
export interface TreeState {
  /** Whether Istio objects that are none of ours have been looked for. */
  searched: boolean;
  /** The object that was written first since then: when its turn comes again, the tree is written again, and may have grown. */
  first: IConstruct | undefined;
  /** Warnings that were shown: what is written twice warns once. */
  readonly shown: Set<string>;
  round: Round | undefined;
}

interface Root extends IConstruct {
  [TREE]?: TreeState;
}

/** The state of a tree; undefined before its first object of ours. */
export const treeState = (root: IConstruct): TreeState | undefined => (root as Root)[TREE];

/** Gives a tree its state. */
export function initTreeState(root: IConstruct): TreeState {
  const state: TreeState = { searched: false, first: undefined, shown: new Set(), round: undefined };
  Object.defineProperty(root, TREE, { value: state });
  return state;
}
