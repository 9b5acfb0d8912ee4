import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** For a message. */
  readonly command: string;
}

/** A process and all that it starts, directly or not. */
export interface Family {
  /** Those that have not ended, orphans of the family included: call it before something ends a parent. */
  living(): Promise<Process[]>;
}

export function familyOf(pid: number): Family {
  const known = new Set([pid]);
  return {
    async living() {
      const all = await processes();
      for (let before = 0; before < known.size;) {
        before = known.size;
        for (const one of all) if (known.has(one.parent)) known.add(one.pid);
      }
      return all.filter((one) => known.has(one.pid));
    },
  };
}

/** All processes of the machine. A zombie has ended: nobody has counted it yet. */
const processes = (): Promise<Process[]> => (existsSync('/proc/self/stat') ? fromProc() : fromPs());

/** Small images of Linux have no `ps`. */
async function fromProc(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(processIn));
  return found.filter((one) => one !== undefined);
}

async function processIn(pid: string): Promise<Process | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // `1 (a (name) of any form) S 0 …`
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').slice(0, 200);
    return { pid: Number(pid), parent: Number(parent), command };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

async function fromPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,command=']);
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +(\S+) +(.*)$/gm)]
    .filter(([, , , state = '']) => !state.startsWith('Z'))
    .map(([, pid, parent, , command = '']) => ({ pid: Number(pid), parent: Number(parent), command }));
}
