import { usersOf } from '../program/messages.ts';
import type { Model } from '../../cedar/model.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import { isJson, type Json } from '../aws/input.ts';
import type { Outcome, Program } from '../program/host.ts';
import type { Changes } from '../program/ledger.ts';
import type { Engine } from './engine.ts';

export interface EngineProgramArgs {
  readonly engine: Engine;
  /** Of the project. */
  readonly root: string;
  readonly model: Model;
}

/** The program as the embedded cloud runs it, but under the genuine engine: slower, and with all that the engine does. */
export function engineProgram({ engine, root, model }: EngineProgramArgs): Program {
  return {
    async run(config): Promise<Outcome> {
      await engine.configure(config);
      let text = '';
      const code = await engine.run(['up', '--yes', '--skip-preview', '--json'], {
        heard: (more) => (text += more),
      });
      const { problems, changes } = readEvents(text);
      if (code !== 0) return { changes, problems: problems.length > 0 ? problems : [text], tenants: [] };
      const { tenants } = await loadTenants({ root, model, types: false });
      return {
        changes,
        problems: [],
        tenants: tenants.map(usersOf),
      };
    },
    prepare: () => undefined,
    close: () => undefined,
  };
}

/** What the engine's events, a JSON text a line, say of a run. */
export function readEvents(text: string): {
  readonly changes: Changes;
  readonly problems: readonly string[];
} {
  const events = text.split('\n').flatMap(parsed);
  const problems = events.flatMap(({ diagnosticEvent: said }) =>
    isJson(said) && said['severity'] === 'error' ? [String(said['message']).trim()] : [],
  );
  const summary = events.find((event) => isJson(event['summaryEvent']))?.['summaryEvent'];
  const counts = isJson(summary) && isJson(summary['resourceChanges']) ? summary['resourceChanges'] : {};
  const count = (kind: string): number => (typeof counts[kind] === 'number' ? counts[kind] : 0);
  return {
    problems,
    changes: {
      created: count('create') + count('replace'),
      updated: count('update'),
      deleted: count('delete'),
      unchanged: count('same'),
    },
  };
}

function parsed(line: string): Json[] {
  try {
    const event: unknown = JSON.parse(line);
    return isJson(event) ? [event] : [];
  } catch {
    // What the CLI says beside its events.
    return [];
  }
}
