/** Takes back a failure that a test has explained. */
export type Forgive = () => void;

/** What runners of the mocha family offer. Asked for at run time: this package need not know whose types are there. */
type AfterEach = (title: string, hook: (this: { readonly test?: Hook }) => void) => void;
interface Hook {
  /** Fails the test that the hook ran after. A hook that throws would end all tests after it. */
  error?(error: Error): void;
}

/**
 * A failure that the test may still explain in the same breath: `cannot(…).because(…)`. It fails the running test when
 * that ends; where no runner tells of that, it fails at once.
 */
export function failUnlessForgiven(failure: Error): Forgive {
  const runner: object = globalThis;
  const afterEach: AfterEach | undefined = Reflect.get(runner, 'afterEach');
  if (!afterEach) throw failure;
  let pending = true;
  // Declared while the test runs, because only then is it needed: runners look for hooks when a test is over.
  afterEach('a deny by an error, unexplained', function fail() {
    if (!pending) return;
    pending = false;
    if (!this.test?.error) throw failure;
    this.test.error(failure);
  });
  return () => {
    pending = false;
  };
}
