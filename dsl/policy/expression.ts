import type { Expr } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { type Below, callSite } from './call-site.ts';
import { operators } from './operators.ts';
import { record } from './recorder.ts';
import { register } from './registry.ts';
import type { Names } from './vocabulary.ts';

/** Makes a value that policies are written with. It stands for one expression, which may be made on first use. */
export type Express = (expr: () => Expr) => object;

/**
 * Any property of a value is an attribute, and becomes an operator by being called: `context.offset.lt(5)` reads the
 * attribute `offset`, `resource.at.offset(…)` calls the operator. So no attribute name is in an operator's way, and
 * the run time needs no types: the compiler and Cedar's validator check those.
 */
export function expressions(names: Names): Express {
  function reflect(expr: () => Expr, called?: (call: Below, args: unknown[]) => object): object {
    const proxy: object = new Proxy(() => undefined, {
      get: function get(_target, name) {
        if (name === 'then') return undefined; // or every `await` and promise would call it
        if (typeof name === 'string') return member(expr, name, get);
        if (name === Symbol.toPrimitive || name === Symbol.iterator) throw noJavaScriptValue(get);
        return undefined;
      },
      has: function has(): never {
        throw noJavaScriptValue(has);
      },
      set: () => false,
      apply: function apply(_target, _self, args) {
        if (called) return called(apply, args);
        throw noJavaScriptValue(apply);
      },
    });
    return register(proxy, expr);
  }

  function member(of: () => Expr, name: string, below: Below): object {
    const at = callSite(below);
    let made: Expr | undefined;
    const attribute = (): Expr => (made ??= record({ kind: 'attribute', of: of(), name, at }));
    const operator = operators.get(name);
    // One that cannot be an operator is noted even if nothing ever looks at it.
    if (!operator) attribute();
    return reflect(attribute, (call, args) => {
      const site = callSite(call);
      if (operator) {
        const result = record(operator({ of: of(), args, at: site, names, value: reflect }));
        return reflect(() => result);
      }
      throw new BuilderError({
        site,
        code: 'UNKNOWN_OPERATOR',
        message: `.${name}() is no operator`,
        remedy: 'use one that the editor offers',
      });
    });
  }

  return reflect;
}

function noJavaScriptValue(below: Below): BuilderError {
  return new BuilderError({
    site: callSite(below),
    code: 'JAVASCRIPT_OPERATOR',
    message: 'an expression has no value until a request comes',
    remedy: 'write .gt(), .plus(), .eq(), .contains() in place of >, +, ==, in and loops',
  });
}
