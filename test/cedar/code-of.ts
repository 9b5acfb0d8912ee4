import { PolicyError } from '../../cedar/policy-error.ts';

/** The code of the `PolicyError` that a call throws, or undefined if it throws nothing. */
export const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof PolicyError) return error.code;
    throw error;
  }
  return undefined;
};
