/** Gives a record a value, whatever its name: an assignment to `__proto__` would change the record instead. */
export function put<T>(record: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
}
