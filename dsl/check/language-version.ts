import { type LanguageVersion, newerThan, TARGET_VERSION } from '../../cedar/language-version.ts';
import type { Printed } from './printed.ts';
import type { Problem } from './problem.ts';

/** Constructs of Cedar that the store might not know. `target`: the version of the language that it has. */
export function languageProblems(
  printed: readonly Pick<Printed, 'policy' | 'site'>[],
  target: LanguageVersion = TARGET_VERSION,
): Problem[] {
  return printed.flatMap(({ policy, site }) =>
    newerThan(target, policy).map(({ construct, since, at = site }): Problem => ({
      site: at,
      code: 'LANGUAGE_VERSION',
      message: `${construct} came with Cedar ${since}, and the target has Cedar ${target}`,
      remedy: 'say it with what the target has',
    })),
  );
}
