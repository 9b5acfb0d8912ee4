export interface Fault {
  /** Connections break, as when the service is not there. */
  readonly down?: boolean;
  /** Every call is refused with ThrottlingException. */
  readonly throttled?: boolean;
  /** Milliseconds before each answer. */
  readonly latencyMs?: number;
}

/** Disturbances of the embedded cloud, by service (the target of its protocol: `VerifiedPermissions`). */
export class Faults {
  readonly #faults = new Map<string, Fault>();

  set(service: string, fault: Fault): void {
    this.#faults.set(service, fault);
  }

  clear(service: string): void {
    this.#faults.delete(service);
  }

  of(service: string): Fault {
    return this.#faults.get(service) ?? {};
  }
}
