import pLimit from 'p-limit';
import { readSExpression, type SExpression } from './language/s-expression.ts';
import type { Watch } from './answer/elements.ts';

/** Z3, in WebAssembly. */
export interface Z3 {
  /** Name and version. */
  readonly version: string;
  readonly check: (script: string, watches: readonly Watch[]) => Promise<Checked>;
  /** Ends its threads, which keep the process from ending. */
  readonly close: () => Promise<void>;
}

export type Checked =
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'satisfiable'; readonly values: readonly SExpression[] }
  | { readonly kind: 'unknown'; readonly because: string };

/**
 * Steps that one question may take, by the solver's own count: on another machine, or a busier one, the verdict is the
 * same. Products of unknowns and patterns take up to ten seconds to get there; questions about real policies are
 * answered within a hundredth of it.
 */
const STEPS = 500_000;
/** What the solver says after them. */
const OUT_OF_STEPS = 'canceled';

/** Loads the solver, where it is installed: it is an optional dependency. */
export async function loadZ3(): Promise<Z3 | undefined> {
  const library = await load();
  if (!library) return undefined;
  const { Z3, em } = await library.init();
  // The package does one thing at a time, and throws when it is asked for a second.
  const inTurn = pLimit(1);
  return {
    version: Z3.get_full_version(),
    close: () => library.killThreads(em),
    check: (script, watches) =>
      inTurn(async () => {
        // A context for each question: what was asked before must not change what is answered.
        const config = Z3.mk_config();
        const context = Z3.mk_context(config);
        Z3.del_config(config);
        try {
          return await checkIn(context, library, Z3, script, watches);
        } finally {
          Z3.del_context(context);
        }
      }),
  };
}

type Library = typeof import('z3-solver');
type Api = Awaited<ReturnType<Library['init']>>['Z3'];
type Context = ReturnType<Api['mk_context']>;

async function load(): Promise<Library | undefined> {
  try {
    return await import('z3-solver');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function checkIn(
  context: Context,
  { Z3_lbool, Z3_error_code }: Library,
  Z3: Api,
  script: string,
  watches: readonly Watch[],
): Promise<Checked> {
  // `solver_from_string` would give no way to the terms. Of the package's calls that take texts, the asynchronous ones
  // read them after they were freed; this is none of them.
  const text = [script, ...shown(watches)].join('\n');
  const parsed = Z3.parse_smtlib2_string(context, text, [], [], [], []);
  const code = Z3.get_error_code(context);
  if (code !== Z3_error_code.Z3_OK) {
    throw new Error(`the solver does not understand what it is asked: ${Z3.get_error_msg(context, code)}`);
  }
  Z3.ast_vector_inc_ref(context, parsed);
  const asserted = Z3.ast_vector_size(context, parsed) - watches.length;
  const solver = Z3.mk_solver(context);
  Z3.solver_inc_ref(context, solver);
  const parameters = Z3.mk_params(context);
  Z3.params_inc_ref(context, parameters);
  Z3.params_set_uint(context, parameters, Z3.mk_string_symbol(context, 'rlimit'), STEPS);
  Z3.solver_set_params(context, solver, parameters);
  for (let at = 0; at < asserted; at += 1) {
    Z3.solver_assert(context, solver, Z3.ast_vector_get(context, parsed, at));
  }
  const answer = await Z3.solver_check(context, solver);
  if (answer === Z3_lbool.Z3_L_FALSE) return { kind: 'unsatisfiable' };
  if (answer !== Z3_lbool.Z3_L_TRUE) {
    const reason = Z3.solver_get_reason_unknown(context, solver);
    return { kind: 'unknown', because: reason === OUT_OF_STEPS ? `${STEPS} steps were not enough` : reason };
  }
  const model = Z3.solver_get_model(context, solver);
  Z3.model_inc_ref(context, model);
  const values = watches.map((_, index) => {
    const show = Z3.to_app(context, Z3.ast_vector_get(context, parsed, asserted + index));
    const value = Z3.model_eval(context, model, Z3.get_app_arg(context, show, 0), true);
    if (value === null) throw new Error('the solver does not say what it found');
    return readSExpression(Z3.ast_to_string(context, value));
  });
  return { kind: 'satisfiable', values };
}

/** The terms to be watched, behind all that is asserted: they are read, and never asserted themselves. */
function shown(watches: readonly Watch[]): string[] {
  const sorts = [...new Set(watches.map(({ sort }) => sort))];
  return [
    ...sorts.map((sort, index) => `(declare-fun show${index} (${sort}) Bool)`),
    ...watches.map(({ term, sort }) => `(assert (show${sorts.indexOf(sort)} ${term}))`),
  ];
}
