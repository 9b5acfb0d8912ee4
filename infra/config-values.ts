/** Readers of configuration values, which are texts. `wrong` completes the sentence "config key … is wrong:". */
export type Parsed<T> = { readonly value: T } | { readonly wrong: string };
export type Parse<T> = (text: string) => Parsed<T>;

export const wholeNumber =
  (highest: number): Parse<number> =>
  (text) =>
    /^\d+$/.test(text) && Number(text) <= highest
      ? { value: Number(text) }
      : { wrong: `is '${text}', not a whole number from 0 to ${highest}` };

export const flag: Parse<boolean> = (text) =>
  text === 'true' || text === 'false'
    ? { value: text === 'true' }
    : { wrong: `is '${text}', not true or false` };

export const pattern =
  (form: RegExp, what: string): Parse<string> =>
  (text) =>
    form.test(text) ? { value: text } : { wrong: `is '${text}', not ${what}` };

export const oneOf =
  <T extends string>(...allowed: readonly T[]): Parse<T> =>
  (text) => {
    const found = allowed.find((one) => one === text);
    return found ? { value: found } : { wrong: `is '${text}', not ${allowed.join(' or ')}` };
  };

/** Paths of operations are appended to it. Not quoted when it is wrong: it may hold a password. */
export const baseUrl: Parse<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && /^https?:$/.test(url.protocol)
    ? { value: text.replace(/\/$/, '') }
    : { wrong: 'is not an http or https URL without credentials, query and fragment' };
};

/**
 * A secret that is sent as a header. In documents of REST APIs it stands between single quotes, in those of HTTP APIs
 * bare, where a `$` begins a variable (API Gateway Developer Guide, "static values"). Never quoted when it is wrong.
 */
export const headerSecret: Parse<string> = (text) =>
  /^[!-#%&(-~]+$/.test(text)
    ? { value: text }
    : { wrong: 'has characters other than printable ASCII, or a space, $ or single quote' };
