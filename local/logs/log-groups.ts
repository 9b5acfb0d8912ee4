/** The last lines of each log group. */
export interface LogGroups {
  create(name: string): void;
  delete(name: string): void;
  has(name: string): boolean;
  /** Sorted. */
  names(): readonly string[];
  append(name: string, line: string): void;
  /** Oldest first. */
  lines(name: string): readonly string[];
}

/** Enough to see what a function said lately, and nothing that a long run would fill memory with. */
const LINES_KEPT = 1000;

export function createLogGroups(): LogGroups {
  const groups = new Map<string, string[]>();
  return {
    create: (name) => void groups.set(name, groups.get(name) ?? []),
    delete: (name) => void groups.delete(name),
    has: (name) => groups.has(name),
    names: () => [...groups.keys()].sort(),
    append(name, line) {
      // Lambda makes the group of a function that logs to none (Lambda Developer Guide, "Sending logs to CloudWatch").
      const lines = groups.get(name) ?? [];
      groups.set(name, lines);
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.splice(0, lines.length - LINES_KEPT);
    },
    lines: (name) => groups.get(name) ?? [],
  };
}
