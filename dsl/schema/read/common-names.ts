import { parameterIn, segmentsOf } from './paths.ts';

/** Other names for the parameters of a path: the document's name -> the common one. */
export type Renames = ReadonlyMap<string, string>;

interface Node {
  readonly statics: Map<string, Node>;
  /** Names of the parameter that stands here, and how many paths call it so. */
  readonly names: Map<string, number>;
  variable?: Node;
}

const newNode = (): Node => ({ statics: new Map(), names: new Map() });

/**
 * One name for what different paths call by several at the same place, as API Gateway asks for: the one that most of
 * them use. Only paths that need another name are in the result.
 */
export function commonNames(paths: readonly string[]): ReadonlyMap<string, Renames> {
  const root = newNode();
  for (const path of paths) {
    let node = root;
    for (const segment of segmentsOf(path)) {
      const name = parameterIn(segment);
      if (name === undefined) {
        const next = node.statics.get(segment) ?? newNode();
        node.statics.set(segment, next);
        node = next;
      } else {
        node.names.set(name, (node.names.get(name) ?? 0) + 1);
        node = node.variable ??= newNode();
      }
    }
  }
  return new Map(
    paths.flatMap((path) => {
      const renames = renamesOf(root, path);
      return renames.size > 0 ? [[path, renames] as const] : [];
    }),
  );
}

function renamesOf(root: Node, path: string): Renames {
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  let node: Node | undefined = root;
  for (const segment of segmentsOf(path)) {
    const name = parameterIn(segment);
    if (name === undefined) {
      node = node?.statics.get(segment);
      continue;
    }
    const common = mostUsed(node?.names ?? new Map(), taken) ?? name;
    taken.add(common);
    if (common !== name) renames.set(name, common);
    node = node?.variable;
  }
  return renames;
}

/** `taken`: names of parameters before it, which a path cannot have twice. The same for all paths that come this way. */
function mostUsed(names: ReadonlyMap<string, number>, taken: ReadonlySet<string>): string | undefined {
  const free = [...names].filter(([name]) => !taken.has(name));
  return free.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
