import type { EntityRef } from './vocabulary.ts';

export interface Question {
  readonly action: string;
  readonly resource: EntityRef;
}

/**
 * Nobody said whether the user may: no answer came, or none that makes sense. It is neither a yes nor a no; a page that
 * does not care can treat it as a no.
 */
export class PermissionsUnavailable extends Error {
  override readonly name = 'PermissionsUnavailable';
  /** Of the answer; 401 when the token counts no more, 429 when too much was asked. Undefined when none came. */
  readonly status: number | undefined;

  constructor(status: number | undefined, cause?: unknown) {
    super(status === undefined ? 'permissions could not be asked' : `permissions: status ${status}`, {
      cause,
    });
    this.status = status;
  }
}

/**
 * Asks one batch.
 * @throws PermissionsUnavailable
 */
export async function ask(
  url: string,
  token: string,
  questions: readonly Question[],
): Promise<readonly boolean[]> {
  const response = await post(url, token, { questions });
  if (!response.ok) throw new PermissionsUnavailable(response.status);
  const answers: unknown = await response.json().then(
    (body: unknown) => (isRecord(body) ? body['answers'] : undefined),
    () => undefined,
  );
  // An answer too few would put all later ones at the wrong button.
  if (!isFlags(answers) || answers.length !== questions.length)
    throw new PermissionsUnavailable(response.status);
  return answers;
}

async function post(url: string, token: string, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A token must not go where a redirection says.
      redirect: 'error',
    });
  } catch (error) {
    throw new PermissionsUnavailable(undefined, error);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isFlags = (value: unknown): value is readonly boolean[] =>
  Array.isArray(value) && value.every((answer) => typeof answer === 'boolean');
